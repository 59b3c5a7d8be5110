/** `--contexts` and `--all-contexts` → the contexts of the kubeconfig whose clusters are checked. */
import { readKubeconfigs } from '../cluster/connect.ts';
import { formatOf } from '../render/formats.ts';
import { UsageError } from '../usage-error.ts';
import { clientOptions } from './client-options.ts';
import type { DoctorOptions } from './doctor.ts';
import { similar } from './similar.ts';
import type { Surroundings } from './surroundings.ts';

export interface ContextOptions extends DoctorOptions {
  readonly contexts?: readonly string[];
  readonly allContexts?: boolean;
  readonly output?: string;
  readonly outputFiles?: readonly { readonly format: string }[];
}

export interface Chosen {
  readonly context: string;
  /** An earlier one with the same cluster and user. */
  readonly sameAs?: string;
  /** Its credential plugin asks on the terminal. */
  readonly asks: boolean;
}

/** What names one source, one cluster, or what is sent to one alone: a token that went to all clusters would be known to all. */
const ofOne = [
  ['context', '--context'],
  ['cluster', '--cluster'],
  ['user', '--user'],
  ['server', '--server'],
  ['token', '--token'],
  ['certificateAuthority', '--certificate-authority'],
  ['clientCertificate', '--client-certificate'],
  ['clientKey', '--client-key'],
  ['tlsServerName', '--tls-server-name'],
  ['snapshot', '--snapshot'],
  ['demo', '--demo'],
  ['record', '--record'],
  ['overwrite', '--overwrite'],
  ['nodes', '--nodes'],
  ['nodeImage', '--node-image'],
  ['nodeNamespace', '--node-namespace'],
  ['manifest', '--manifest'],
  ['wait', '--wait'],
] as const satisfies readonly (readonly [keyof ContextOptions, string])[];

function refuseOfOne(options: ContextOptions): void {
  const several = options.contexts ? '--contexts' : '--all-contexts';
  if (options.contexts && options.allContexts) throw new UsageError('--contexts and --all-contexts cannot be used together');
  const root = options.root === undefined || options.root === '/' ? [] : ['--root'];
  const [one] = [...ofOne.filter(([name]) => options[name] !== undefined).map(([, flag]) => flag), ...root];
  if (one) throw new UsageError(`${one} is for one cluster: remove it, or ${several}`);
  const formats = [options.output, ...(options.outputFiles ?? []).map(({ format }) => format)];
  const format = formats.find((name) => formatOf(name).of?.includes('clusters') === false);
  if (format) throw new UsageError(`-o ${format} shows one cluster: remove it, or ${several}`);
}

/** In the order of the command line, or of the kubeconfig. Throws a UsageError for options that are for one cluster, and for a context that is not there. */
export async function chosenContexts(options: ContextOptions, { env }: Surroundings): Promise<readonly Chosen[]> {
  refuseOfOne(options);
  const config = await readKubeconfigs(clientOptions(options), env);
  if (!config.ok) throw new UsageError(config.problem);
  const { contexts, users, files } = config.value;
  if (files.length === 0) throw new UsageError('found no kubeconfig, so there is no context: set --kubeconfig or KUBECONFIG');
  if (contexts.size === 0) throw new UsageError(`${files.join(', ')} has no context`);
  const names = options.contexts ? [...new Set(options.contexts)] : [...contexts.keys()];
  const absent = names.find((name) => !contexts.has(name));
  if (absent !== undefined) {
    const near = similar(absent, [...contexts.keys()]);
    throw new UsageError(
      `context '${absent}' not found in ${files.join(', ')}${near.length > 0 ? ` (did you mean ${near.join(', ')}?)` : ''}; see: kubectl config get-contexts`,
    );
  }
  const first = new Map<string, string>();
  return names.map((context) => {
    const { cluster, user } = contexts.get(context)?.value ?? {};
    // Contexts that differ in their namespace alone: no diagnosis depends on it.
    const key = JSON.stringify([cluster, user]);
    const sameAs = first.get(key);
    if (sameAs === undefined) first.set(key, context);
    const asks = sameAs === undefined && users.get(user ?? '')?.value.exec?.interactiveMode === 'Always';
    return { context, ...(sameAs !== undefined && { sameAs }), asks };
  });
}
