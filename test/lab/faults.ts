/** The faults that the lab injects into a sound control plane, and exactly what aggctl must find then. */
import type { ControlPlane } from './control-plane.ts';
import { issue, type Pair, type Wanted } from './pki.ts';
import type { Server } from './servers.ts';

export interface Lab {
  readonly cp: ControlPlane;
  /** The real sample-apiserver; its APIService is v1alpha1.wardle.example.com. */
  readonly sample: Server;
}
export interface Fault {
  /** Name of the scenario that it records. */
  readonly name: string;
  /** Ids of all findings and nested symptoms; the injected one first. */
  readonly finds: readonly string[];
  readonly status: number;
  /** Makes the fault, and waits until the cluster shows what it is going to show. */
  readonly inject: (lab: Lab) => Promise<void>;
  /** The same fault is injected on the older versions, too. */
  readonly everywhere?: boolean;
}

const apiService = 'v1alpha1.wardle.example.com';
const pki = 'etc/kubernetes/pki';
const day = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * day);
const rejected = ['extension-servers-reject-front-proxy', 'apiservice-unavailable'];
const anonymous = ['extension-servers-see-anonymous', 'apiservice-unavailable'];

/** Puts another front-proxy pair in place; kube-apiserver reads it without a restart. */
async function present(cp: ControlPlane, wanted: Wanted): Promise<Pair> {
  const issuer = await cp.pair('front-proxy-ca');
  const pair = await issue({ commonName: 'front-proxy-client', extendedKeyUsage: ['clientAuth'], issuer, ...wanted });
  await cp.write(`${pki}/front-proxy-client.key`, pair.key);
  await cp.write(`${pki}/front-proxy-client.crt`, pair.cert);
  return pair;
}
const unavailable = async (cp: ControlPlane) => void (await cp.waitAvailable(apiService, 'False'));
const dies = async (cp: ControlPlane) => void (await cp.expectExit());

/** Restarts with the manifest as it is now, and lets the ConfigMap hold only what this manifest says. */
async function restartAndRewrite({ cp, sample }: Lab): Promise<void> {
  await cp.restartApiserver();
  await cp.deleteAuthenticationConfigMap();
  await sample.stop();
  await sample.start();
}

export const faults: readonly Fault[] = [
  {
    name: 'proxy-client-pair-missing',
    finds: ['proxy-client-pair-missing', ...anonymous],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      await cp.manifest.remove('proxy-client-cert-file');
      await cp.manifest.remove('proxy-client-key-file');
      await cp.restartApiserver();
      await unavailable(cp);
    },
  },
  {
    name: 'proxy-client-pair-half',
    finds: ['proxy-client-pair-half', ...anonymous],
    status: 1,
    async inject({ cp }) {
      await cp.manifest.remove('proxy-client-key-file');
      await cp.restartApiserver();
      await unavailable(cp);
    },
  },
  {
    name: 'front-proxy-file-absent',
    finds: ['front-proxy-file-absent'],
    status: 1,
    async inject({ cp }) {
      await cp.run(['rm', cp.path(`${pki}/front-proxy-client.crt`)]);
      await dies(cp);
    },
  },
  {
    name: 'front-proxy-file-not-mounted',
    finds: ['front-proxy-file-not-mounted'],
    status: 1,
    async inject({ cp }) {
      await cp.write('etc/front-proxy-client.crt', await cp.read(`${pki}/front-proxy-client.crt`));
      await cp.manifest.set('proxy-client-cert-file', '/etc/front-proxy-client.crt');
      await dies(cp);
    },
  },
  {
    name: 'proxy-client-pair-unusable',
    finds: ['proxy-client-pair-unusable'],
    status: 1,
    async inject({ cp }) {
      await cp.manifest.edit((args) => args.map((arg) => arg.replace(/(proxy-client-cert-file=.*)\.crt/, '$1.key')));
      await dies(cp);
    },
  },
  {
    name: 'proxy-client-key-mismatch',
    finds: ['proxy-client-key-mismatch'],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      await cp.write(`${pki}/front-proxy-client.key`, await cp.read(`${pki}/apiserver-kubelet-client.key`));
      await dies(cp);
    },
  },
  {
    name: 'front-proxy-client-expired',
    finds: ['front-proxy-client-expired', ...rejected],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      await present(cp, { notBefore: ago(365), notAfter: ago(3) });
      await unavailable(cp);
    },
  },
  {
    name: 'front-proxy-client-expired-and-not-signed',
    finds: ['front-proxy-client-expired', 'front-proxy-client-not-signed-by-requestheader-ca', 'configmap-ca-not-signer', ...rejected],
    status: 1,
    async inject({ cp }) {
      const issuer = await issue({ commonName: 'front-proxy-ca', ca: true, notBefore: ago(900) });
      await present(cp, { issuer, notBefore: ago(365), notAfter: ago(3) });
      await unavailable(cp);
    },
  },
  {
    name: 'front-proxy-client-not-yet-valid',
    finds: ['front-proxy-client-not-yet-valid', ...rejected],
    status: 1,
    async inject({ cp }) {
      await present(cp, { notBefore: ago(-1), notAfter: ago(-365) });
      await unavailable(cp);
    },
  },
  {
    name: 'front-proxy-client-expires-soon',
    finds: ['front-proxy-client-expires-soon'],
    status: 0,
    async inject({ cp }) {
      await present(cp, { notBefore: ago(355), notAfter: ago(-10) });
      await cp.waitServed(apiService);
    },
  },
  {
    name: 'front-proxy-client-not-signed-by-requestheader-ca',
    finds: ['front-proxy-client-not-signed-by-requestheader-ca', 'configmap-ca-not-signer', ...rejected],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      await present(cp, { issuer: await issue({ commonName: 'another-ca', ca: true }) });
      await unavailable(cp);
    },
  },
  {
    name: 'front-proxy-client-without-clientauth',
    finds: ['front-proxy-client-without-clientauth', ...rejected],
    status: 1,
    async inject({ cp }) {
      await present(cp, { extendedKeyUsage: ['serverAuth'] });
      await unavailable(cp);
    },
  },
  {
    name: 'requestheader-ca-missing',
    finds: ['requestheader-ca-missing', 'configmap-requestheader-missing', ...rejected],
    status: 1,
    async inject(lab) {
      await lab.cp.manifest.remove('requestheader-client-ca-file');
      await restartAndRewrite(lab);
      await unavailable(lab.cp);
    },
  },
  {
    name: 'requestheader-ca-unusable',
    finds: ['requestheader-ca-unusable'],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      await cp.write(`${pki}/front-proxy-ca.crt`, 'not a certificate\n');
      await dies(cp);
    },
  },
  {
    name: 'requestheader-ca-expired',
    finds: ['requestheader-ca-expired', 'configmap-requestheader-missing', ...rejected],
    status: 1,
    async inject(lab) {
      const ca = await issue({ commonName: 'front-proxy-ca', ca: true, notBefore: ago(900), notAfter: ago(2) });
      await lab.cp.write(`${pki}/front-proxy-ca.crt`, ca.cert);
      await present(lab.cp, { issuer: ca });
      await restartAndRewrite(lab);
      await unavailable(lab.cp);
    },
  },
  {
    name: 'allowed-names-empty-shared-ca',
    finds: ['allowed-names-empty-shared-ca'],
    status: 1,
    async inject({ cp }) {
      await cp.write(`${pki}/front-proxy-ca.crt`, (await cp.read(`${pki}/front-proxy-ca.crt`)) + (await cp.read(`${pki}/ca.crt`)));
      await cp.manifest.set('requestheader-allowed-names', '');
      await dies(cp);
    },
  },
  {
    name: 'allowed-names-exclude-cn',
    finds: ['allowed-names-exclude-cn', 'configmap-names-exclude-cn', ...rejected],
    status: 1,
    everywhere: true,
    async inject(lab) {
      await lab.cp.manifest.set('requestheader-allowed-names', 'aggregator');
      await restartAndRewrite(lab);
      await unavailable(lab.cp);
    },
  },
  {
    name: 'allowed-names-exclude-cn-masked',
    finds: ['allowed-names-exclude-cn'],
    status: 0,
    async inject({ cp }) {
      await cp.manifest.set('requestheader-allowed-names', 'aggregator');
      await cp.restartApiserver();
      await cp.waitServed(apiService);
    },
  },
  {
    name: 'username-headers-missing',
    finds: ['username-headers-missing', 'configmap-requestheader-missing', ...rejected],
    status: 1,
    async inject(lab) {
      await lab.cp.manifest.remove('requestheader-username-headers');
      await restartAndRewrite(lab);
      await unavailable(lab.cp);
    },
  },
  {
    name: 'group-headers-missing',
    finds: ['group-headers-missing'],
    status: 1,
    async inject(lab) {
      await lab.cp.manifest.remove('requestheader-group-headers');
      await restartAndRewrite(lab);
      await lab.cp.waitServed(apiService);
    },
  },
  {
    name: 'manifest-not-applied',
    finds: ['manifest-not-applied', 'allowed-names-exclude-cn'],
    status: 1,
    async inject({ cp }) {
      await cp.manifest.set('requestheader-allowed-names', 'aggregator');
      await cp.waitServed(apiService);
    },
  },
  {
    name: 'configmap-missing',
    finds: ['configmap-missing'],
    status: 1,
    async inject({ cp }) {
      await forbidTheConfigMap(cp);
      await cp.kubectl('delete', 'configmap', '-n', 'kube-system', 'extension-apiserver-authentication');
      await cp.waitServed(apiService);
    },
  },
  {
    name: 'cabundle-not-signer',
    finds: ['cabundle-not-signer', 'apiservice-unavailable'],
    status: 1,
    everywhere: true,
    async inject({ cp, sample }) {
      const { cert } = await issue({ commonName: 'another-ca', ca: true });
      const service = structuredClone(sample.objects.apiService);
      service.spec.caBundle = Buffer.from(cert).toString('base64');
      await cp.apply(service);
      // Up to 1.35 the probe does not verify: only a real request shows it.
      if (cp.version === '1.35.4') return;
      await unavailable(cp);
    },
  },
  {
    name: 'extension-server-down',
    finds: ['extension-server-down', 'apiservice-unavailable'],
    status: 1,
    everywhere: true,
    async inject({ cp, sample }) {
      await sample.stop();
      await unavailable(cp);
    },
  },
  {
    name: 'apiservice-in-transition',
    finds: ['apiservice-in-transition'],
    status: 0,
    async inject({ sample }) {
      await sample.stop();
    },
  },
];

/** Something that keeps kube-apiserver from writing its ConfigMap anew, as an admission webhook may. */
async function forbidTheConfigMap(cp: ControlPlane): Promise<void> {
  const name = 'no-authentication-configmap';
  await cp.apply(
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: { resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'], operations: ['CREATE'] }] },
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
