/** A lab's API: as kubernetes-super-admin (system:masters) unless told otherwise. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type LabNode, mustRun } from './node.ts';
import type { HttpAnswer } from './protocol.ts';
import { until } from './wait.ts';

/** A Kubernetes object, as JSON. */
// biome-ignore lint/suspicious/noExplicitAny: objects of every kind; tests read into them freely.
export type KubernetesObject = Record<string, any>;

interface RequestOptions {
  accept?: string;
  method?: string;
  /** Impersonate this user and, optionally, groups. */
  as?: string;
  groups?: string[];
  /** Sent as JSON. */
  body?: unknown;
  contentType?: string;
  /** Given up after this long; 30 000 when not given. */
  milliseconds?: number;
}

export interface Api {
  /** A raw request to kube-apiserver over a connection of its own. Fails only when no HTTP answer comes. */
  request(path: string, options?: RequestOptions): Promise<HttpAnswer>;
  /** GET of an object; undefined when it does not exist; fails on any other answer than 200. */
  get(path: string): Promise<KubernetesObject | undefined>;
  /** Runs kubectl and returns its stdout; fails with its stderr. */
  kubectl(...args: string[]): Promise<string>;
  /** Server-side apply, taking over conflicting fields. */
  apply(...objects: KubernetesObject[]): Promise<void>;
  /** Waits until an APIService's condition Available has this status, and this in its message; returns the condition. At most 90 s. */
  waitAvailable(apiService: string, status?: 'True' | 'False', text?: string): Promise<KubernetesObject>;
  /**
   * Waits until an APIService is Available and kube-apiserver really serves its `/apis/GROUP/VERSION`: after a restart the condition still
   * tells of the time before. At most 90 s.
   */
  waitServed(apiService: string): Promise<void>;
  /** Deletes ConfigMap extension-apiserver-authentication and returns its data once kube-apiserver has written it anew. At most 60 s. */
  deleteAuthenticationConfigMap(): Promise<Record<string, string>>;
  /** Events of the audit log (one a request, stage ResponseComplete or Panic; level Metadata), since the start of the lab. */
  auditEvents(filter?: (event: KubernetesObject) => boolean): Promise<KubernetesObject[]>;
}

const apiServiceCollection = '/apis/apiregistration.k8s.io/v1/apiservices';
const authenticationConfigMap = '/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication';

export async function apiOf(node: LabNode): Promise<Api> {
  const kubeconfig = join(node.folder, 'super-admin.conf');
  const client = await clientOf(kubeconfig);

  const request: Api['request'] = (path, options = {}) => {
    const { method, accept = 'application/json', as, groups = [], body, contentType = 'application/json', milliseconds = 30_000 } = options;
    const identity = as ? { 'Impersonate-User': as, ...(groups.length > 0 && { 'Impersonate-Group': groups }) } : {};
    const headers = { Accept: accept, ...identity, ...(body !== undefined && { 'Content-Type': contentType }) };
    const url = `https://${node.address}:6443${path}`;
    const sent = body === undefined ? undefined : JSON.stringify(body);
    return node.namespace.send('request', { url, method, headers, body: sent, ...client, milliseconds });
  };

  const get: Api['get'] = async (path) => {
    const { status, text } = await request(path);
    if (status === 404) return undefined;
    if (status !== 200) throw new Error(`GET ${path} answered ${status}: ${text}`);
    return JSON.parse(text);
  };

  const kubectl = (input: string, ...args: string[]) => mustRun(node, ['kubectl', '--kubeconfig', kubeconfig, ...args], { input });

  // An update of the object has kube-apiserver look at once instead of half a minute later.
  const nudge = (apiService: string, value: string | null) =>
    request(`${apiServiceCollection}/${apiService}`, {
      method: 'PATCH',
      contentType: 'application/merge-patch+json',
      body: { metadata: { annotations: { 'lab.example.test/nudge': value } } },
    });

  const waitAvailable: Api['waitAvailable'] = async (apiService, status = 'True', text = '') => {
    let asked = 0;
    const condition = await until(`APIService ${apiService} to be Available ${status} ${text}`, 90_000, async () => {
      if (++asked % 10 === 0) await nudge(apiService, String(asked));
      const found = await get(`${apiServiceCollection}/${apiService}`);
      const conditions: KubernetesObject[] = found?.status?.conditions ?? [];
      return conditions.find((one) => one.type === 'Available' && one.status === status && one.message.includes(text));
    });
    if (asked >= 10) await nudge(apiService, null);
    return condition;
  };

  return {
    request,
    get,
    waitAvailable,
    async waitServed(apiService) {
      const [version, ...group] = apiService.split('.');
      await waitAvailable(apiService);
      await until(`APIService ${apiService} to be served`, 90_000, async () => {
        const { status } = await request(`/apis/${group.join('.')}/${version}`);
        return status === 200 || undefined;
      });
    },
    kubectl: (...args) => kubectl('', ...args),
    async apply(...objects) {
      const list = { apiVersion: 'v1', kind: 'List', items: objects };
      await kubectl(JSON.stringify(list), 'apply', '--server-side', '--force-conflicts', '--validate=false', '-f', '-');
    },
    async deleteAuthenticationConfigMap() {
      const old = (await get(authenticationConfigMap))?.metadata.uid;
      const { status, text } = await request(authenticationConfigMap, { method: 'DELETE' });
      if (status !== 200 && status !== 404) throw new Error(`DELETE ${authenticationConfigMap} answered ${status}: ${text}`);
      return until('kube-apiserver to write ConfigMap extension-apiserver-authentication anew', 60_000, async () => {
        const found = await get(authenticationConfigMap);
        return found && found.metadata.uid !== old ? (found.data ?? {}) : undefined;
      });
    },
    async auditEvents(filter = () => true) {
      const lines = (await readFile(join(node.folder, 'logs', 'audit.log'), 'utf8')).split('\n');
      return lines.filter((line) => line !== '').flatMap((line) => [JSON.parse(line) as KubernetesObject].filter(filter));
    },
  };
}

/** The client certificate of a kubeconfig that kubeadm made, in PEM. */
async function clientOf(kubeconfig: string): Promise<{ cert: string; key: string }> {
  const [{ user }] = parse(await readFile(kubeconfig, 'utf8')).users;
  const pem = (data: string) => Buffer.from(data, 'base64').toString();
  return { cert: pem(user['client-certificate-data']), key: pem(user['client-key-data']) };
}
