/** The faults that the lab injects into a sound control plane, and exactly what aggctl must find then. */
import { parse } from 'yaml';
import type { ControlPlane } from './control-plane.ts';
import { issue, type Pair, type Wanted } from './pki.ts';
import { type Server, startExtensionServer } from './servers.ts';
import { until } from './wait.ts';

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
  /** Takes away what would stand in the way of the next fault; files and the objects of the lab are restored anyway. */
  readonly undo?: (lab: Lab) => Promise<void>;
  /** Diagnosed without the node's files. */
  readonly fromLaptop?: boolean;
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
const unavailable = async (cp: ControlPlane, text: string) => void (await cp.waitAvailable(apiService, 'False', text));
/** kube-apiserver exits, and says this. */
async function dies(cp: ControlPlane, text: string): Promise<void> {
  const { log } = await cp.expectExit();
  if (!log.join('\n').includes(text)) throw new Error(`kube-apiserver exited without saying "${text}":\n${log.join('\n')}`);
}

/** Restarts with the manifest as it is now, and lets the ConfigMap hold only what this manifest says. */
async function restartAndRewrite({ cp, sample }: Lab): Promise<void> {
  await cp.restartApiserver();
  await cp.deleteAuthenticationConfigMap();
  await sample.stop();
  await sample.start();
}

export const faults: readonly Fault[] = [
  {
    name: 'client-credentials-expired',
    finds: ['client-credentials-expired'],
    status: 1,
    async inject({ cp }) {
      const issuer = await cp.pair('ca');
      const who = { commonName: 'kubernetes-admin', organizations: ['kubeadm:cluster-admins'], extendedKeyUsage: ['clientAuth'] };
      const { cert, key } = await issue({ ...who, issuer, notBefore: ago(365), notAfter: ago(3) });
      const base64 = (text: string) => Buffer.from(text).toString('base64');
      const conf = (await cp.read('etc/kubernetes/admin.conf'))
        .replace(/client-certificate-data: .*/, `client-certificate-data: ${base64(cert)}`)
        .replace(/client-key-data: .*/, `client-key-data: ${base64(key)}`);
      await cp.write('etc/kubernetes/admin.conf', conf);
    },
  },
  {
    name: 'server-certificate-expired',
    finds: ['server-certificate-expired'],
    status: 1,
    async inject({ cp }) {
      const issuer = await cp.pair('ca');
      const who = { commonName: 'kube-apiserver', extendedKeyUsage: ['serverAuth'], subjectAltNames: ['IP:192.0.2.10', 'DNS:kubernetes'] };
      const { cert, key } = await issue({ ...who, issuer, notBefore: ago(365), notAfter: ago(3) });
      await cp.write(`${pki}/apiserver.key`, key);
      await cp.write(`${pki}/apiserver.crt`, cert);
      await until('kube-apiserver to show it', 60_000, async () => {
        const { stdout } = await cp.run(['sh', '-c', 'openssl s_client -connect 192.0.2.10:6443 </dev/null 2>&1']);
        return stdout.includes('certificate has expired') || undefined;
      });
    },
  },
  {
    name: 'proxy-client-pair-missing',
    finds: ['proxy-client-pair-missing', ...anonymous],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      await cp.manifest.remove('proxy-client-cert-file');
      await cp.manifest.remove('proxy-client-key-file');
      await cp.restartApiserver();
      await unavailable(cp, '403');
    },
  },
  {
    name: 'proxy-client-pair-half',
    finds: ['proxy-client-pair-half', ...anonymous],
    status: 1,
    async inject({ cp }) {
      await cp.manifest.remove('proxy-client-key-file');
      await cp.restartApiserver();
      await unavailable(cp, '403');
    },
  },
  {
    name: 'front-proxy-file-absent',
    finds: ['front-proxy-file-absent'],
    status: 1,
    async inject({ cp }) {
      await cp.run(['rm', cp.path(`${pki}/front-proxy-client.crt`)]);
      await dies(cp, 'front-proxy-client.crt: no such file or directory');
    },
  },
  {
    name: 'front-proxy-file-not-mounted',
    finds: ['front-proxy-file-not-mounted'],
    status: 1,
    async inject({ cp }) {
      await cp.write('etc/front-proxy-client.crt', await cp.read(`${pki}/front-proxy-client.crt`));
      await cp.manifest.set('proxy-client-cert-file', '/etc/front-proxy-client.crt');
      await dies(cp, 'no such file or directory');
    },
  },
  {
    name: 'front-proxy-file-not-permitted',
    finds: ['front-proxy-file-not-permitted'],
    status: 1,
    async inject({ cp }) {
      await cp.manifest.write((await cp.manifest.read()).replace('  securityContext:\n', '  securityContext:\n    runAsUser: 65534\n'));
      await openTo(cp);
      await cp.run(['chmod', '0600', cp.path(`${pki}/front-proxy-client.key`)]);
      // Group 0, to which the process belongs, owns it; so it takes another.
      await cp.run(['chown', '1:1', cp.path(`${pki}/front-proxy-client.key`)]);
      await dies(cp, 'front-proxy-client.key: permission denied');
    },
    undo: async ({ cp }) => void (await cp.run(['chown', '0:0', cp.path(`${pki}/front-proxy-client.key`)])),
  },
  {
    name: 'proxy-client-pair-unusable',
    finds: ['proxy-client-pair-unusable'],
    status: 1,
    async inject({ cp }) {
      await cp.manifest.edit((args) => args.map((arg) => arg.replace(/(proxy-client-cert-file=.*)\.crt/, '$1.key')));
      await dies(cp, 'PEM inputs may have been switched');
    },
  },
  {
    name: 'proxy-client-key-mismatch',
    finds: ['proxy-client-key-mismatch'],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      await cp.write(`${pki}/front-proxy-client.key`, await cp.read(`${pki}/apiserver-kubelet-client.key`));
      await dies(cp, 'tls: private key does not match public key');
    },
  },
  {
    name: 'front-proxy-client-expired',
    finds: ['front-proxy-client-expired', ...rejected],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      await present(cp, { notBefore: ago(365), notAfter: ago(3) });
      await unavailable(cp, '401');
    },
  },
  {
    name: 'laptop-front-proxy-client-expired',
    finds: rejected,
    status: 1,
    fromLaptop: true,
    async inject({ cp }) {
      await present(cp, { notBefore: ago(365), notAfter: ago(3) });
      await unavailable(cp, '401');
    },
  },
  {
    name: 'laptop-proxy-client-pair-missing',
    finds: anonymous,
    status: 1,
    fromLaptop: true,
    async inject({ cp }) {
      await cp.manifest.remove('proxy-client-cert-file');
      await cp.manifest.remove('proxy-client-key-file');
      await cp.restartApiserver();
      await unavailable(cp, '403');
    },
  },
  {
    name: 'front-proxy-client-expired-and-not-signed',
    finds: ['front-proxy-client-expired', 'front-proxy-client-not-signed-by-requestheader-ca', 'configmap-ca-not-signer', ...rejected],
    status: 1,
    async inject({ cp }) {
      const issuer = await issue({ commonName: 'front-proxy-ca', ca: true, notBefore: ago(900) });
      await present(cp, { issuer, notBefore: ago(365), notAfter: ago(3) });
      await unavailable(cp, '401');
    },
  },
  {
    name: 'front-proxy-client-not-yet-valid',
    finds: ['front-proxy-client-not-yet-valid', ...rejected],
    status: 1,
    async inject({ cp }) {
      await present(cp, { notBefore: ago(-1), notAfter: ago(-365) });
      await unavailable(cp, '401');
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
      await unavailable(cp, '401');
    },
  },
  {
    name: 'front-proxy-client-without-clientauth',
    finds: ['front-proxy-client-without-clientauth', ...rejected],
    status: 1,
    async inject({ cp }) {
      await present(cp, { extendedKeyUsage: ['serverAuth'] });
      await unavailable(cp, '401');
    },
  },
  {
    name: 'requestheader-ca-missing',
    finds: ['requestheader-ca-missing', 'configmap-requestheader-missing', ...rejected],
    status: 1,
    async inject(lab) {
      await lab.cp.manifest.remove('requestheader-client-ca-file');
      await restartAndRewrite(lab);
      await unavailable(lab.cp, '401');
    },
  },
  {
    name: 'requestheader-ca-unusable',
    finds: ['requestheader-ca-unusable'],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      await cp.write(`${pki}/front-proxy-ca.crt`, 'not a certificate\n');
      await dies(cp, 'data does not contain any valid RSA or ECDSA certificates');
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
      await unavailable(lab.cp, '401');
    },
  },
  {
    name: 'allowed-names-empty-shared-ca',
    finds: ['allowed-names-empty-shared-ca'],
    status: 1,
    async inject({ cp }) {
      await cp.write(`${pki}/front-proxy-ca.crt`, (await cp.read(`${pki}/front-proxy-ca.crt`)) + (await cp.read(`${pki}/ca.crt`)));
      await cp.manifest.set('requestheader-allowed-names', '');
      await dies(cp, 'contain overlapping certificates');
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
      await unavailable(lab.cp, '401');
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
      await unavailable(lab.cp, '401');
    },
  },
  {
    name: 'laptop-username-headers-missing',
    finds: ['username-headers-missing', 'configmap-requestheader-missing', ...rejected],
    status: 1,
    fromLaptop: true,
    async inject(lab) {
      await lab.cp.manifest.remove('requestheader-username-headers');
      await restartAndRewrite(lab);
      await unavailable(lab.cp, '401');
      await mirror(lab.cp);
    },
    undo: ({ cp }) => removeMirror(cp),
  },
  {
    name: 'mirror-manifest-not-applied',
    finds: ['manifest-not-applied'],
    status: 1,
    async inject({ cp }) {
      // What kubelet would show of the manifest that it has applied; kube-apiserver's own /flagz is off.
      await cp.manifest.set('feature-gates', 'ComponentFlagz=false');
      await cp.restartApiserver();
      await mirror(cp);
      await cp.manifest.set('enable-aggregator-routing', 'true');
      await cp.waitServed(apiService);
    },
    undo: ({ cp }) => removeMirror(cp),
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
      await unavailable(cp, 'unknown authority');
    },
  },
  {
    name: 'extension-server-down',
    finds: ['extension-server-down', 'apiservice-unavailable'],
    status: 1,
    everywhere: true,
    async inject({ cp, sample }) {
      await sample.stop();
      await unavailable(cp, 'refused');
    },
  },
  {
    name: 'apiservice-in-transition',
    finds: ['apiservice-in-transition'],
    status: 0,
    async inject({ cp }) {
      // The probe finds a sound server for ever, and nobody else does.
      const behaviour = { status: 500, sparing: 'system:kube-aggregator' };
      const server = await startExtensionServer(cp, { group: 'inventory.example.com', behaviour });
      await cp.waitAvailable(server.apiService);
    },
  },
];

/** Lets a user without rights run kube-apiserver: the cache of the binaries is root's own. */
async function openTo(cp: ControlPlane): Promise<void> {
  const { kubeApiserver } = cp.assets;
  const script = `cp ${kubeApiserver} bin/real-kube-apiserver && sed -i 's#${kubeApiserver}#${cp.folder}/bin/real-kube-apiserver#' bin/kube-apiserver
    chmod -R a+rX . && chmod -R a+rwX logs && chmod a+rx ..`;
  const { status, stderr } = await cp.run(['sh', '-e', '-c', script], { cwd: cp.folder });
  if (status !== 0) throw new Error(stderr);
}

/** Shows the manifest as it is now as a mirror pod, with kubelet's annotation: there is no kubelet in this lab. */
async function mirror(cp: ControlPlane): Promise<void> {
  const pod = parse(await cp.manifest.read());
  pod.metadata.name += `-${cp.name}`;
  pod.metadata.annotations['kubernetes.io/config.mirror'] = 'lab';
  pod.spec.nodeName = cp.name;
  await cp.apply(pod);
}
const removeMirror = async (cp: ControlPlane) =>
  void (await cp.kubectl('-n', 'kube-system', 'delete', 'pod', `kube-apiserver-${cp.name}`, '--force', '--grace-period=0'));

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
