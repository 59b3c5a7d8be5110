/** A static pod's manifest, as kubeadm writes it: its command is read by YAML's rules and edited by line, so that all else stays kubeadm's own text. */
import { chmod, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parse } from 'yaml';

export interface Manifest {
  /** Absolute path on the host. */
  path: string;
  read(): Promise<string>;
  write(text: string): Promise<void>;
  /** `command` and `args` of the first container. */
  command(): Promise<string[]>;
  /** The version in the tag of its image, as `1.37.2`; undefined where there is none. */
  imageVersion(): Promise<string | undefined>;
  /** `runAsUser` of the Pod's securityContext; undefined without one. */
  runAsUser(): Promise<number | undefined>;
  /** Variables of the first container that have a value of their own. */
  environment(): Promise<Record<string, string>>;
  /** Rewrites the arguments: all of `command` but the program's name. Only for a manifest in kubeadm's layout. */
  edit(change: (args: string[]) => string[]): Promise<void>;
  /** Sets a flag (without dashes): replaces every earlier one of that name by one, in the first's place, or adds it at the end. */
  set(flag: string, value: string): Promise<void>;
  /** Takes every flag of that name away. */
  remove(flag: string): Promise<void>;
}

interface Pod {
  spec: {
    securityContext?: { runAsUser?: number };
    containers: { command?: string[]; args?: string[]; env?: { name: string; value?: string }[] }[];
  };
}

/** At once, mode kept: kubelet would take half a file for a broken manifest and look again 20 s later. The folder above is on the same disk. */
export async function replaceFile(path: string, content: string | Buffer, mode?: number): Promise<void> {
  const beside = join(dirname(dirname(path)), `.${basename(path)}`);
  await writeFile(beside, content);
  await chmod(beside, mode ?? (await stat(path)).mode & 0o7777);
  await rename(beside, path);
}

export function manifestAt(path: string): Manifest {
  const read = () => readFile(path, 'utf8');
  const write = (text: string) => replaceFile(path, text);
  const command = async () => {
    const container = (parse(await read()) as Pod).spec.containers[0];
    return [...(container?.command ?? []), ...(container?.args ?? [])];
  };
  const runAsUser = async () => (parse(await read()) as Pod).spec.securityContext?.runAsUser;
  const environment = async () => {
    const env = (parse(await read()) as Pod).spec.containers[0]?.env ?? [];
    return Object.fromEntries(env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));
  };
  const edit: Manifest['edit'] = async (change) => {
    const lines = (await read()).split('\n');
    const start = lines.indexOf('  - command:') + 2;
    if (start < 2) throw new Error(`${path} is not in kubeadm's layout: no line "  - command:"`);
    const end = lines.findIndex((line, index) => index >= start && !line.startsWith('    - '));
    const args = change((await command()).slice(1));
    lines.splice(start, end - start, ...args.map((arg) => `    - ${/^[-\w=./:,]+$/.test(arg) ? arg : JSON.stringify(arg)}`));
    await write(lines.join('\n'));
  };
  const is = (flag: string) => (arg: string) => arg === `--${flag}` || arg.startsWith(`--${flag}=`);
  return {
    path,
    read,
    write,
    command,
    imageVersion: async () => /image: \S+\/kube-apiserver:v(\S+)/.exec(await read())?.[1],
    runAsUser,
    environment,
    edit,
    set: (flag, value) =>
      edit((args) => {
        const at = args.findIndex(is(flag));
        const others = args.filter((arg) => !is(flag)(arg));
        return others.toSpliced(at < 0 ? others.length : at, 0, `--${flag}=${value}`);
      }),
    remove: (flag) => edit((args) => args.filter((arg) => !is(flag)(arg))),
  };
}
