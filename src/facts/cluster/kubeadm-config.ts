import { LineCounter } from 'yaml';
import { apiPath } from '../../api-path.ts';
import { type Decoder, list, map, object, string } from '../../decode.ts';
import type { Ask, KubeadmConfig, Observed } from '../../model.ts';
import { yamlDocuments, yamlError, yamlValue } from '../../yaml.ts';
import { fact } from '../engine/declare.ts';
import { userOptions } from '../shared/inputs.ts';
import { get } from '../shared/kubernetes.ts';
import { byKubeadm } from './distribution.ts';

/** Asked for when the user names a version to upgrade to; null: nobody asked, or this is not kubeadm's. */
export const kubeadmConfig = fact({
  name: 'kubeadmConfig',
  needs: { userOptions, byKubeadm },
  read: ({ userOptions, byKubeadm }, ask): Observed<KubeadmConfig | null> | Promise<Observed<KubeadmConfig | null>> =>
    byKubeadm && userOptions.targetVersion !== undefined ? readKubeadmConfig(ask) : { ok: true, value: null },
});

const kubeadmConfigPath = apiPath`/api/v1/namespaces/kube-system/configmaps/kubeadm-config`;

export const kubeadmObject = object({ data: object({ ClusterConfiguration: string }) });
/** `extraArgs`: a list of name and value in v1beta4, a map in v1beta3 and before. */
const clusterConfiguration = object({
  certificatesDir: string,
  apiServer: object({ extraArgs: (value) => list(object({ name: string, value: word }))(value) ?? map(word)(value) }),
});
/** YAML makes numbers and booleans of some values. */
const word: Decoder<string> = (value) => (['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined);

/** null: there is no such ConfigMap. */
export async function readKubeadmConfig(ask: Ask): Promise<Observed<KubeadmConfig | null>> {
  const object = await get(ask, kubeadmConfigPath, kubeadmObject);
  if (!object.ok) return object;
  const text = object.value?.data?.ClusterConfiguration;
  if (text === undefined) return { ok: true, value: null };
  const lines = new LineCounter();
  const [document] = yamlDocuments(text, { lines });
  const error = document && yamlError(document, lines);
  if (error) return { ok: false, why: 'malformed', message: `ClusterConfiguration in ConfigMap kubeadm-config is not YAML: ${error}` };
  const { apiServer, certificatesDir = '/etc/kubernetes/pki' } = clusterConfiguration(document && yamlValue(document)) ?? {};
  const given = apiServer?.extraArgs ?? [];
  const pairs = Array.isArray(given) ? given.map(({ name = '', value = '' }) => [name, value] as const) : Object.entries(given);
  const extraArgs = pairs.map(([name, value]) => ({ name: name.replaceAll('_', '-'), value }));
  return { ok: true, value: { extraArgs, written: written(certificatesDir) } };
}

/**
 * The flags that kubeadm writes by itself, with their values where these do not depend on the cluster (else null). Mirrors
 * getAPIServerCommand of kubernetes/kubernetes, cmd/kubeadm/app/phases/controlplane/manifests.go, v1.37.2.
 */
const written = (pki: string): KubeadmConfig['written'] => ({
  'advertise-address': null,
  'allow-privileged': 'true',
  'authorization-mode': null,
  'client-ca-file': `${pki}/ca.crt`,
  'enable-admission-plugins': null,
  'enable-bootstrap-token-auth': 'true',
  'etcd-cafile': null,
  'etcd-certfile': null,
  'etcd-keyfile': null,
  'etcd-servers': null,
  'feature-gates': null,
  'kubelet-client-certificate': `${pki}/apiserver-kubelet-client.crt`,
  'kubelet-client-key': `${pki}/apiserver-kubelet-client.key`,
  'kubelet-preferred-address-types': 'InternalIP,ExternalIP,Hostname',
  'proxy-client-cert-file': `${pki}/front-proxy-client.crt`,
  'proxy-client-key-file': `${pki}/front-proxy-client.key`,
  'requestheader-allowed-names': 'front-proxy-client',
  'requestheader-client-ca-file': `${pki}/front-proxy-ca.crt`,
  'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
  'requestheader-group-headers': 'X-Remote-Group',
  'requestheader-username-headers': 'X-Remote-User',
  'secure-port': null,
  'service-account-issuer': null,
  'service-account-key-file': null,
  'service-account-signing-key-file': null,
  'service-cluster-ip-range': null,
  'tls-cert-file': `${pki}/apiserver.crt`,
  'tls-private-key-file': `${pki}/apiserver.key`,
});
