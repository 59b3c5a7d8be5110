/** From kubectl's client options, the environment and kubeconfigs to a connection (k8s.io/client-go v0.37.2, tools/clientcmd/client_config.go). */

import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { kubeconfigPaths } from '../distributions/places.ts';
import type { Waits } from '../model.ts';
import { parseTimeout } from './duration.ts';
import { type Cluster, type Kubeconfig, loadKubeconfigs, type Outcome, type User } from './kubeconfig.ts';
import { type Environment, type HttpProxy, proxyFor } from './proxy.ts';
import { type ClientOptions, overrideCluster, overrideUser, serverUrl, validate } from './settings.ts';

/** One API server and the identity to ask it with. It holds secrets: nothing of `user` and `cluster` is shown. */
export interface Connection {
  /** Name of the context; empty when the command line alone says it all. */
  readonly context: string;
  /** https, or http as for `kubectl proxy`; its path is a prefix of every request. */
  readonly server: URL;
  /** Where the connection was read from, for people: a file, `--server`, or the ServiceAccount of a Pod. */
  readonly from: string;
  readonly namespace: string;
  readonly cluster: Cluster;
  readonly userName: string;
  readonly user: User;
  /** The kubeconfig that holds the user's entry; null: none does. */
  readonly userFile: string | null;
  readonly proxy: HttpProxy | null;
  /** Of one request, milliseconds; 0 is none. */
  readonly timeout: number;
  readonly env: Environment;
  /** Nobody answers prompts, and no token may be renewed, because this process may be ended at any time. */
  readonly unattended: boolean;
  readonly waits?: Waits;
  /** Other clusters are asked at the same time. */
  readonly amongOthers: boolean;
}

/** Inputs besides the options. */
export interface Surroundings {
  readonly env: Environment;
  /** The directory that holds the node's files. */
  readonly root: string;
  readonly serviceAccount?: string;
  readonly unattended?: boolean;
  readonly waits?: Waits;
  readonly amongOthers?: boolean;
}

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';
const DEFAULT_TIMEOUT = 10_000;

/**
 * The connection to use, or null when there is no kubeconfig at all (never a silent localhost:8080), or a sentence for the user about wrong usage.
 * In this order: --kubeconfig, KUBECONFIG, ~/.kube/config, the administrator's under the root, such as `etc/kubernetes/admin.conf`, the ServiceAccount of the Pod.
 * A debug Pod that mounts a node is there for the node; its ServiceAccount is the namespace's `default`, which has no rights.
 * Reads kubeconfigs only: credentials are read, and plugins run, with the first request.
 */
export const connect = async (options: ClientOptions, surroundings: Surroundings): Promise<Outcome<Connection | null>> => {
  const timeout = options.requestTimeout === undefined ? DEFAULT_TIMEOUT : parseTimeout(options.requestTimeout);
  if (timeout === null)
    return refuse(`\`--request-timeout ${options.requestTimeout}\` is not a duration: use seconds, or a unit such as \`30s\` or \`2m\`.`);
  const config = await readKubeconfigs(options, surroundings.env);
  if (!config.ok) return config;
  const named = choose(config.value, options);
  if (!named.ok) return named;
  const useless = unusable(config.value, options, surroundings.env);
  const chosen = named.value || useless ? named : await adminConf(options, surroundings);
  if (!chosen.ok) return chosen;
  const selection = chosen.value ?? (await inCluster(options, surroundings));
  if (selection) return finish(selection, options, surroundings, timeout);
  const problem = useless ?? aimless(options);
  return problem === null ? { ok: true, value: null } : refuse(problem);
};

const refuse = (problem: string): { readonly ok: false; readonly problem: string } => ({ ok: false, problem });

/** The kubeconfigs that the options and the environment name, merged. */
export const readKubeconfigs = async (options: ClientOptions, env: Environment): Promise<Outcome<Kubeconfig>> => {
  if (options.kubeconfig === undefined)
    return loadKubeconfigs(env.KUBECONFIG ? env.KUBECONFIG.split(path.delimiter) : [path.join(env.HOME ?? '', '.kube', 'config')]);
  const config = await loadKubeconfigs([options.kubeconfig]);
  if (config.ok && config.value.files.length === 0) return refuse(`The kubeconfig \`${options.kubeconfig}\` does not exist.`);
  return config;
};

type Selection = Pick<Connection, 'context' | 'from' | 'namespace' | 'cluster' | 'userName' | 'user' | 'userFile'>;

/** The context, cluster and user that the options and the current context name; null when they name no server. */
const choose = (config: Kubeconfig, options: ClientOptions): Outcome<Selection | null> => {
  if (config.files.length === 0 && options.server === undefined) return { ok: true, value: null };
  const name = options.context ?? config.currentContext;
  const context = config.contexts.get(name);
  if (name !== '' && !context) return missing('context', name, config.contexts, config, options.context !== undefined);
  const clusterName = options.cluster ?? context?.value.cluster ?? '';
  const cluster = config.clusters.get(clusterName);
  if (clusterName !== '' && !cluster) return missing('cluster', clusterName, config.clusters, config, options.cluster !== undefined);
  const userName = options.user ?? context?.value.user ?? '';
  const user = config.users.get(userName);
  if (userName !== '' && !user) return missing('user', userName, config.users, config, options.user !== undefined);
  if (!cluster && options.server === undefined) return { ok: true, value: null };
  return {
    ok: true,
    value: {
      context: name,
      from: context?.file ?? cluster?.file ?? '--server',
      namespace: options.namespace ?? context?.value.namespace ?? 'default',
      cluster: overrideCluster(cluster?.value ?? {}, options),
      userName,
      user: overrideUser(user?.value ?? {}, options),
      userFile: user?.file ?? null,
    },
  };
};

const missing = (
  kind: string,
  name: string,
  known: ReadonlyMap<string, unknown>,
  config: Kubeconfig,
  asked: boolean,
): Outcome<Selection | null> => {
  const files = config.files.map((file) => `\`${file}\``).join(', ') || 'any kubeconfig';
  const names = [...known.keys()].map((each) => `\`${each}\``).join(', ');
  const hint = names ? `it has ${names}` : `it has none; choose a kubeconfig with --kubeconfig`;
  return refuse(`The ${kind} \`${name}\` ${asked ? 'is' : 'is referenced but'} not in ${files}: ${hint}.`);
};

const inCluster = async (options: ClientOptions, { env, serviceAccount }: Surroundings): Promise<Selection | null> => {
  const folder = serviceAccount ?? SERVICE_ACCOUNT;
  const host = env.KUBERNETES_SERVICE_HOST;
  const port = env.KUBERNETES_SERVICE_PORT;
  const named = options.kubeconfig ?? options.context ?? options.cluster ?? options.user;
  if (named !== undefined || !host || !port || !(await isFile(path.join(folder, 'token')))) return null;
  const server = `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const cluster = { server, 'certificate-authority': path.join(folder, 'ca.crt') };
  return {
    context: 'in-cluster',
    from: 'the ServiceAccount of this Pod',
    namespace: options.namespace ?? 'default',
    cluster: overrideCluster(cluster, options),
    userName: 'the ServiceAccount of this Pod',
    user: overrideUser({ tokenFile: path.join(folder, 'token') }, options),
    userFile: null,
  };
};

/** Why the kubeconfigs that the user named lead to no server; null: the user named none. */
const unusable = ({ contexts, files }: Kubeconfig, { kubeconfig }: ClientOptions, { KUBECONFIG }: Environment): string | null => {
  const names = [...contexts.keys()].map((name) => `\`${name}\``).join(', ');
  if (contexts.size > 0) return `\`${files.join('`, `')}\` has no current-context: choose one with --context (${names}).`;
  if (kubeconfig !== undefined) return `The kubeconfig \`${kubeconfig}\` has no cluster: choose another with --kubeconfig.`;
  return KUBECONFIG && files.length === 0 ? `KUBECONFIG names no existing file: \`${KUBECONFIG}\`.` : null;
};

/** Which option needs a server, when there is none. */
const aimless = (options: ClientOptions): string | null => {
  const given = Object.entries(options).find(([name, value]) => value !== undefined && !['requestTimeout', 'namespace'].includes(name));
  if (!given) return null;
  const flag = `--${given[0].replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  return `\`${flag}\` needs an API server, and there is no kubeconfig: add --kubeconfig or --server.`;
};

/** The administrator's kubeconfig on a control-plane node; null where there is none that may be read. */
const adminConf = async (options: ClientOptions, { root }: Surroundings): Promise<Outcome<Selection | null>> => {
  for (const file of kubeconfigPaths.map((one) => path.join(root, one))) {
    const admin = (await liesUnder(file, root)) ? await loadKubeconfigs([file]) : null;
    const chosen = admin?.ok ? choose(admin.value, options) : null;
    if (chosen && (!chosen.ok || chosen.value)) return chosen;
  }
  return { ok: true, value: null };
};

const isFile = async (file: string): Promise<boolean> => {
  const found = await stat(file).catch(() => null);
  return found?.isFile() ?? false;
};

/** Whether the file exists and is, after symbolic links, still in the folder. */
const liesUnder = async (file: string, folder: string): Promise<boolean> => {
  const [real, top] = await Promise.all([file, folder].map((each) => realpath(each).catch(() => null)));
  return typeof real === 'string' && typeof top === 'string' && !path.relative(top, real).startsWith('..');
};

const finish = (
  selection: Selection,
  options: ClientOptions,
  { env, unattended = false, amongOthers = false, waits }: Surroundings,
  timeout: number,
): Outcome<Connection> => {
  const problem = validate(selection.cluster, selection.user, selection.from);
  if (problem) return refuse(problem);
  const server = serverUrl(selection.cluster, selection.user, selection.from);
  if (!server.ok) return server;
  if (server.value.protocol === 'http:' && options.token !== undefined)
    return refuse(`\`--token\` is not sent to \`${server.value.origin}\`, which is plain HTTP: use an https:// server.`);
  const proxy = proxyFor(server.value, env, selection.cluster['proxy-url']);
  if (!proxy.ok) return proxy;
  const how = { timeout, env, unattended, amongOthers, ...(waits && { waits }) };
  return { ok: true, value: { ...selection, server: server.value, proxy: proxy.value, ...how } };
};
