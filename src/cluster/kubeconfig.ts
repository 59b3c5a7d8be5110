/** Kubeconfig files: reading, and merging as kubectl does (k8s.io/client-go v0.37.2, tools/clientcmd/loader.go and merge.go). */
import path from 'node:path';
import { LineCounter } from 'yaml';
import { readLocalFile } from '../local-file.ts';
import { yamlDocuments, yamlError, yamlValue } from '../yaml.ts';

/** A result, or a sentence for the user about wrong input (exit status 2). */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

/** The fields of a cluster, a user and a context keep the names that they have in the file. */
export interface Cluster {
  readonly server?: string;
  readonly 'tls-server-name'?: string;
  readonly 'insecure-skip-tls-verify'?: boolean;
  readonly 'certificate-authority'?: string;
  /** Base64 of PEM, as in the file. */
  readonly 'certificate-authority-data'?: string;
  readonly 'proxy-url'?: string;
  readonly extensions?: readonly { readonly name: string; readonly extension: unknown }[];
}
export interface User {
  readonly 'client-certificate'?: string;
  readonly 'client-certificate-data'?: string;
  readonly 'client-key'?: string;
  readonly 'client-key-data'?: string;
  readonly token?: string;
  readonly tokenFile?: string;
  readonly username?: string;
  readonly password?: string;
  readonly as?: string;
  readonly 'as-uid'?: string;
  readonly 'as-groups'?: readonly string[];
  readonly 'as-user-extra'?: Readonly<Record<string, readonly string[]>>;
  readonly exec?: ExecConfig;
  readonly 'auth-provider'?: { readonly name: string; readonly config?: Readonly<Record<string, string>> };
}
/** A credential plugin (client.authentication.k8s.io). */
export interface ExecConfig {
  readonly apiVersion?: string;
  readonly command: string;
  readonly args?: readonly string[] | null;
  readonly env?: readonly { readonly name: string; readonly value: string }[] | null;
  readonly installHint?: string;
  readonly provideClusterInfo?: boolean;
  readonly interactiveMode?: string;
}
interface Context {
  readonly cluster?: string;
  readonly user?: string;
  readonly namespace?: string;
}
/** An entry and the file that it was read from. */
interface Entry<T> {
  readonly value: T;
  readonly file: string;
}
export interface Kubeconfig {
  readonly clusters: ReadonlyMap<string, Entry<Cluster>>;
  readonly users: ReadonlyMap<string, Entry<User>>;
  readonly contexts: ReadonlyMap<string, Entry<Context>>;
  readonly currentContext: string;
  /** The files that exist, in order. */
  readonly files: readonly string[];
}

/** Characters of a kubeconfig: hundreds of contexts with their certificates. */
export const limit = 1024 * 1024;

/** Parses one kubeconfig; relative paths in it become absolute, relative to the directory of the file. */
export const parseKubeconfig = (text: string, file: string): Outcome<Kubeconfig> => {
  const lines = new LineCounter();
  const [document] = yamlDocuments(text, { limit, lines, merge: true });
  const fault = document && yamlError(document, lines);
  if (fault) return { ok: false, problem: `\`${file}\` is not a kubeconfig: ${fault}.` };
  const root = document && yamlValue(document);
  if (root === undefined) return { ok: false, problem: `\`${file}\` is not a kubeconfig: its aliases multiply without end.` };
  if (root !== null && !isObject(root)) return { ok: false, problem: `\`${file}\` is not a kubeconfig: it is not a YAML mapping.` };
  const config = root ?? {};
  const clusters = entries<Cluster>(config, 'clusters', 'cluster', file);
  if (!clusters.ok) return clusters;
  const users = entries<User>(config, 'users', 'user', file);
  if (!users.ok) return users;
  const contexts = entries<Context>(config, 'contexts', 'context', file);
  if (!contexts.ok) return contexts;
  const currentContext = typeof config['current-context'] === 'string' ? config['current-context'] : '';
  return { ok: true, value: { clusters: clusters.value, users: users.value, contexts: contexts.value, currentContext, files: [file] } };
};

/** Reads and merges files in order: a missing file is skipped; the first file to name an entry, or a current-context, wins. */
export const loadKubeconfigs = async (files: readonly string[]): Promise<Outcome<Kubeconfig>> => {
  const configs: Kubeconfig[] = [];
  for (const file of new Set(files.filter((name) => name !== ''))) {
    let text: string;
    try {
      text = (await readLocalFile(file)).toString('utf8');
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') continue;
      const advice = code === 'EACCES' ? '; run as its owner, or choose another with --kubeconfig' : '';
      return { ok: false, problem: `Cannot read the kubeconfig \`${file}\`: ${message}${advice}.` };
    }
    const config = parseKubeconfig(text, file);
    if (!config.ok) return config;
    configs.push(config.value);
  }
  return { ok: true, value: mergeKubeconfigs(configs) };
};

const mergeKubeconfigs = (configs: readonly Kubeconfig[]): Kubeconfig => {
  const lastFirst = [...configs].reverse();
  return {
    clusters: new Map(lastFirst.flatMap((config) => [...config.clusters])),
    users: new Map(lastFirst.flatMap((config) => [...config.users])),
    contexts: new Map(lastFirst.flatMap((config) => [...config.contexts])),
    currentContext: configs.find((config) => config.currentContext !== '')?.currentContext ?? '',
    files: configs.flatMap((config) => config.files),
  };
};

type Mapping = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Mapping => typeof value === 'object' && value !== null && !Array.isArray(value);

const entries = <T>(config: Mapping, list: string, kind: string, file: string): Outcome<Map<string, Entry<T>>> => {
  const found = new Map<string, Entry<T>>();
  const items = config[list] ?? [];
  if (!Array.isArray(items)) return { ok: false, problem: `\`${file}\` is not a kubeconfig: \`${list}\` is not a list.` };
  for (const item of items as unknown[]) {
    if (!isObject(item) || typeof item.name !== 'string')
      return { ok: false, problem: `An entry of \`${list}\` in the kubeconfig \`${file}\` has no name.` };
    if (found.has(item.name)) return { ok: false, problem: `The kubeconfig \`${file}\` defines the ${kind} \`${item.name}\` twice.` };
    const value = item[kind] ?? {};
    const misfit = isObject(value) ? Object.keys(value).find((key) => !fits(key, value[key])) : kind;
    if (misfit) {
      const field = `${list}[${item.name}].${misfit}`;
      return { ok: false, problem: `The field \`${field}\` in the kubeconfig \`${file}\` has the wrong type; quote strings.` };
    }
    found.set(item.name, { value: absolute(withoutNulls(value as Mapping), path.dirname(path.resolve(file))) as T, file });
  }
  return { ok: true, value: found };
};

const BOOLEANS = new Set(['insecure-skip-tls-verify', 'disable-compression']);
const isText = (value: unknown): boolean => typeof value === 'string';
const isListOf = (value: unknown, fitting: (item: unknown) => boolean): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.every(fitting));
const isMapOf = (value: unknown, fitting: (item: unknown) => boolean): boolean =>
  value === undefined || value === null || (isObject(value) && Object.values(value).every(fitting));
const isNamed = (value: unknown): boolean => isObject(value) && isText(value.name);
const FORMS: Readonly<Record<string, (value: unknown) => boolean>> = {
  exec: (value) =>
    isObject(value) &&
    isListOf(value.args, isText) &&
    isListOf(value.env, (item) => isNamed(item) && isText((item as Mapping).value)) &&
    ['command', 'apiVersion', 'interactiveMode', 'installHint'].every(
      (key) => value[key] === undefined || value[key] === null || isText(value[key]),
    ),
  'auth-provider': (value) => isNamed(value) && isMapOf((value as Mapping).config, isText),
  'as-user-extra': (value) => isMapOf(value, (item) => isListOf(item, isText)),
  'as-groups': (value) => isListOf(value, isText),
  extensions: (value) => isListOf(value, isNamed),
};
const fits = (key: string, value: unknown): boolean => {
  if (value === null) return true;
  if (BOOLEANS.has(key)) return typeof value === 'boolean';
  const form = FORMS[key];
  return form ? form(value) : typeof value === 'string';
};

/** An empty value is the same as none, as it is to Go. */
const withoutNulls = (value: Mapping): Mapping => Object.fromEntries(Object.entries(value).filter(([, v]) => v !== null && v !== ''));

const PATHS = new Set(['certificate-authority', 'client-certificate', 'client-key', 'tokenFile']);
const absolute = (value: Mapping, folder: string): Mapping =>
  Object.fromEntries(
    Object.entries(value).map(([key, field]) => {
      if (PATHS.has(key)) return [key, path.resolve(folder, field as string)];
      if (key !== 'exec') return [key, field];
      const exec = field as ExecConfig;
      // A bare name is looked for in PATH; anything with a separator is a file (GetAuthInfoFileReferences).
      const isFile = typeof exec.command === 'string' && exec.command.includes(path.sep);
      return [key, isFile ? { ...exec, command: path.resolve(folder, exec.command) } : exec];
    }),
  );
