/** Faults of ConfigMap extension-apiserver-authentication. */
import type { ControlPlane } from '../control-plane.ts';
import { issue } from '../pki.ts';
import { until } from '../wait.ts';
import { apiService, type Fault, type Lab, pki, present, rejected, restartAndRewrite, unavailable } from './fault.ts';

export const configMapFaults: readonly Fault[] = [
  {
    name: 'configmap-missing',
    finds: ['configmap-missing'],
    status: 1,
    async inject({ cp }) {
      await forbidTheConfigMap(cp);
      await cp.kubectl('delete', 'configmap', '-n', 'kube-system', 'extension-apiserver-authentication');
      await cp.waitServed(apiService);
    },
    async undo({ cp }) {
      await cp.kubectl('delete', 'validatingadmissionpolicybinding,validatingadmissionpolicy', '--all');
      // The policy holds for a moment longer than its object.
      await until('the ConfigMap to be allowed again', 60_000, () =>
        cp
          .kubectl('-n', 'kube-system', 'create', 'configmap', 'extension-apiserver-authentication')
          .catch((error: Error) => (/already exists/i.test(error.message) ? 'written anew' : undefined)),
      );
    },
  },
  {
    name: 'configmap-value-unusable',
    finds: ['configmap-value-unusable'],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      await write(cp, { 'requestheader-allowed-names': 'front-proxy-client' });
      await unrepaired(cp, 'invalid character');
      // An extension server that runs keeps what it has read.
      await cp.waitServed(apiService);
    },
    undo: forget,
  },
  {
    name: 'configmap-value-unusable-restarted',
    finds: ['configmap-value-unusable', 'extension-server-down', 'apiservice-unavailable'],
    status: 1,
    async inject({ cp, sample }) {
      await write(cp, { 'requestheader-group-headers': '[X-Remote-Group]' });
      await sample.stop();
      await sample.start();
      await unavailable(cp, 'refused');
    },
    undo: forget,
  },
  {
    name: 'configmap-value-unusable-ca',
    finds: ['configmap-value-unusable', ...rejected],
    status: 1,
    async inject({ cp, sample }) {
      await write(cp, { 'requestheader-client-ca-file': 'not a certificate' });
      await sample.stop();
      await sample.start();
      await unavailable(cp, '401');
    },
    undo: forget,
  },
  {
    name: 'configmap-names-exclude-cn',
    finds: ['configmap-names-exclude-cn', ...rejected],
    status: 1,
    everywhere: true,
    async inject(lab) {
      // Another kube-apiserver, or an earlier start of this one, has closed the list.
      await lab.cp.manifest.set('requestheader-allowed-names', 'aggregator');
      await restartAndRewrite(lab);
      await unavailable(lab.cp, '401');
      await lab.cp.manifest.remove('requestheader-allowed-names');
      await lab.cp.restartApiserver();
      await published(lab.cp, 'aggregator');
      await unavailable(lab.cp, '401');
    },
  },
  {
    name: 'configmap-ca-not-signer',
    finds: ['configmap-ca-not-signer', ...rejected],
    status: 1,
    async inject({ cp }) {
      await freeze(cp);
      const ca = await issue({ commonName: 'front-proxy-ca', ca: true });
      await cp.write(`${pki}/front-proxy-ca.crt`, ca.cert);
      await present(cp, { issuer: ca });
      await unavailable(cp, '401');
    },
    undo: ({ cp }) => thaw(cp),
  },
  {
    name: 'configmap-entries-stale',
    finds: ['configmap-entries-stale'],
    status: 0,
    everywhere: true,
    async inject({ cp, sample }) {
      // A rotation of the CA and of the name, to its end.
      const ca = await issue({ commonName: 'front-proxy-ca-2', ca: true });
      await cp.write(`${pki}/front-proxy-ca.crt`, ca.cert + (await cp.read(`${pki}/front-proxy-ca.crt`)));
      await cp.manifest.set('requestheader-allowed-names', 'front-proxy-client,aggregator');
      await cp.restartApiserver();
      await published(cp, 'aggregator');
      await present(cp, { issuer: ca, commonName: 'aggregator' });
      await cp.write(`${pki}/front-proxy-ca.crt`, ca.cert);
      await cp.manifest.set('requestheader-allowed-names', 'aggregator');
      await cp.restartApiserver();
      // A running extension server waits in a back-off before it reads the ConfigMap again.
      await sample.stop();
      await sample.start();
      await cp.waitServed(apiService);
    },
  },
  {
    name: 'configmap-headers-wrong',
    finds: ['configmap-headers-wrong', 'configmap-entries-stale'],
    status: 1,
    async inject({ cp, sample }) {
      // The flags have each other's header from the start, and are corrected: the ConfigMap keeps both headers in both lists.
      await cp.manifest.set('requestheader-username-headers', 'X-Remote-Group');
      await cp.manifest.set('requestheader-group-headers', 'X-Remote-User');
      await cp.restartApiserver();
      await cp.deleteAuthenticationConfigMap();
      await published(cp, '"requestheader-username-headers":"[\\"X-Remote-Group\\"');
      await cp.manifest.set('requestheader-username-headers', 'X-Remote-User');
      await cp.manifest.set('requestheader-group-headers', 'X-Remote-Group');
      await cp.restartApiserver();
      await published(cp, '"requestheader-username-headers":"[\\"X-Remote-Group\\",\\"X-Remote-User');
      await sample.stop();
      await sample.start();
      await cp.waitServed(apiService);
    },
    undo: forget,
  },
  {
    name: 'configmap-entries-not-from-kube-apiserver',
    finds: ['configmap-entries-not-from-kube-apiserver'],
    status: 0,
    everywhere: true,
    async inject({ cp }) {
      // As kube-apiserver creates it: one that the lab has restored tells no writers.
      await cp.deleteAuthenticationConfigMap();
      await write(cp, { 'requestheader-allowed-names': '["front-proxy-client","intruder"]' });
      await cp.waitServed(apiService);
    },
    undo: forget,
  },
];

/** As a person does with kubectl. */
async function write(cp: ControlPlane, data: Record<string, string>): Promise<void> {
  const patch = JSON.stringify({ data });
  await cp.kubectl('-n', 'kube-system', 'patch', 'configmap', 'extension-apiserver-authentication', '--type=merge', '-p', patch);
}
/** kube-apiserver writes the ConfigMap anew once it is gone. */
async function forget({ cp }: Lab): Promise<void> {
  await cp.deleteAuthenticationConfigMap();
}
const unrepaired = (cp: ControlPlane, text: string) =>
  until('kube-apiserver to give up on the ConfigMap', 90_000, async () => {
    const log = await cp.apiserverLog();
    return log.some((line) => line.includes('cluster_authentication_trust') && line.includes(text)) || undefined;
  });
const published = (cp: ControlPlane, text: string) =>
  until(`the ConfigMap to hold ${text}`, 90_000, async () => {
    const found = await cp.get('/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication');
    return JSON.stringify(found?.data ?? {}).includes(text) || undefined;
  });

/** Something that keeps kube-apiserver from writing its ConfigMap anew, as an admission webhook may. */
const forbidTheConfigMap = (cp: ControlPlane) => forbid(cp, 'CREATE');
/** Something that undoes what kube-apiserver writes there, as GitOps may. */
const freeze = (cp: ControlPlane) => forbid(cp, 'UPDATE');
const thaw = async (cp: ControlPlane) =>
  void (await cp.kubectl('delete', 'validatingadmissionpolicybinding,validatingadmissionpolicy', '--all'));

async function forbid(cp: ControlPlane, operation: 'CREATE' | 'UPDATE'): Promise<void> {
  const name = 'no-authentication-configmap';
  await cp.apply(
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: { resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'], operations: [operation] }] },
        validations: [{ expression: "object.metadata.name != 'extension-apiserver-authentication'" }],
      },
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name },
      spec: { policyName: name, validationActions: ['Deny'] },
    },
  );
  await new Promise((resolve) => setTimeout(resolve, 3_000));
}
