/** Faults of what an extension server's pods ask: of kube-apiserver, of their Secret, of their node. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { KubernetesObject } from '../api.ts';
import { issue } from '../pki.ts';
import { until } from '../wait.ts';
import type { WholeNode } from '../whole-node.ts';
import { apiService, type Fault, unavailable } from './fault.ts';
import type { NodeLab } from './node.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const down = (id: string) => [id, 'extension-server-down', 'apiservice-unavailable'];
const patience = 120_000;
const pods = '/api/v1/namespaces/wardle/pods?labelSelector=apiserver%3Dtrue';
const deletePods = ['-n', 'wardle', 'delete', 'pods', '-l', 'apiserver=true', '--grace-period=1'];

/** Waits until a pod of the sample server is so. */
const seen = (cp: WholeNode, what: string, is: (pod: KubernetesObject) => boolean) =>
  until(what, patience, async () => {
    const { items = [] } = (await cp.get(pods)) ?? {};
    return (items as KubernetesObject[]).find((pod) => !pod.metadata.deletionTimestamp && is(pod));
  });
const isReady = ({ status }: KubernetesObject) =>
  (status.conditions ?? []).some((one: KubernetesObject) => one.type === 'Ready' && one.status === 'True');
const isOld = ({ metadata }: KubernetesObject) => Date.now() - Date.parse(metadata.creationTimestamp) > 31_000;
const loops = (cp: WholeNode) =>
  seen(cp, 'the sample server to exit again', (pod) => JSON.stringify(pod.status).includes('CrashLoopBackOff'));

/** The server starts anew with what `change` makes of its surroundings, and is not ready. */
function notReady(name: string, change: (lab: NodeLab) => Promise<void>): Fault<NodeLab> {
  return {
    name,
    finds: down('extension-server-not-ready'),
    status: 1,
    async inject(lab) {
      await change(lab);
      await lab.cp.kubectl(...deletePods);
      await seen(lab.cp, 'the pod to have waited', (pod) => isOld(pod) && !isReady(pod));
      await unavailable(lab.cp, 'have no addresses');
    },
  };
}

/** The server starts anew with what `change` makes of its surroundings, and exits. */
function crashes(name: string, change: (lab: NodeLab) => Promise<void>): Fault<NodeLab> {
  return {
    name,
    finds: down('extension-server-crashes'),
    status: 1,
    async inject(lab) {
      await change(lab);
      await lab.cp.kubectl(...deletePods);
      await loops(lab.cp);
      await unavailable(lab.cp, 'have no addresses');
    },
  };
}

export const podRequestFaults: readonly Fault<NodeLab>[] = [
  notReady('extension-server-not-ready-may-not-watch', async ({ cp, sample }) => {
    const role = structuredClone(sample.objects.role);
    role.rules = role.rules.filter(({ apiGroups }: KubernetesObject) => !apiGroups.includes('flowcontrol.apiserver.k8s.io'));
    await cp.apply(role);
  }),
  notReady('extension-server-not-ready-api-not-served', async ({ cp }) => {
    // Itself it would wait for them for ever.
    await cp.manifest.set('disable-admission-plugins', 'MutatingAdmissionPolicy');
    await cp.manifest.set('runtime-config', 'admissionregistration.k8s.io/v1/mutatingadmissionpolicies=false');
    await cp.waitApplied();
    // Pods lose the way to Service kubernetes for a moment.
    await sleep(15_000);
  }),
  crashes('extension-server-crashes-kube-apiserver-unreachable', ({ cp }) =>
    cp.firewall('-p', 'tcp', '-s', '10.244.0.0/24', '--dport', '6443', '-j', 'DROP'),
  ),
  {
    // It has run for a while: who asks is let in by the certificate, and what he may do it asks in vain.
    name: 'extension-server-slow-reviews',
    finds: ['extension-server-slow', 'apiservice-unavailable'],
    status: 1,
    async inject({ cp }) {
      await cp.firewall('-p', 'tcp', '-s', '10.244.0.0/24', '--dport', '6443', '-j', 'DROP');
      await sleep(50_000);
    },
  },
  {
    // A Role of one's own that stops at `get`: the server starts and is ready, and as it reads the ConfigMap by list and watch it asks nobody for a certificate.
    name: 'authentication-reader-without-watch',
    finds: ['authentication-reader-missing', 'apiservice-unavailable'],
    status: 1,
    fromLaptop: true,
    async inject({ cp, sample: { objects } }) {
      const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1' };
      const metadata = { name: 'read-once', namespace: 'kube-system' };
      const rules = [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }];
      const { subjects } = objects.readerBinding;
      await cp.kubectl('-n', 'kube-system', 'delete', 'rolebinding', objects.readerBinding.metadata.name);
      await cp.apply(
        { ...rbac, kind: 'Role', metadata, rules },
        {
          ...rbac,
          kind: 'RoleBinding',
          metadata,
          roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'read-once' },
          subjects,
        },
      );
      await cp.kubectl(...deletePods);
      await seen(cp, 'the sample server to be ready', isReady);
      await unavailable(cp, '403');
    },
  },
  {
    // The Secret and the caBundle are renewed, and the server shows what it started with.
    name: 'cabundle-not-signer-secret-not-read-again',
    finds: ['cabundle-not-signer', 'apiservice-unavailable'],
    status: 1,
    readSecrets: true,
    async inject({ cp, sample: { objects } }) {
      const { deployment, secret, apiService: registration } = structuredClone(objects);
      deployment.spec.template.spec.containers[0].volumeMounts = ['tls.crt', 'tls.key'].map((subPath) => ({
        name: 'serving',
        mountPath: `/serving/${subPath}`,
        subPath,
      }));
      await cp.apply(deployment);
      await cp.kubectl('-n', 'wardle', 'rollout', 'status', 'deployment/wardle-server', '--timeout=90s');
      await cp.waitServed(apiService);
      const issuer = await issue({ commonName: 'wardle-ca-2', ca: true });
      const names = { commonName: 'api.wardle.svc', subjectAltNames: ['DNS:api.wardle.svc'] };
      const { cert, key } = await issue({ ...names, issuer, extendedKeyUsage: ['serverAuth'] });
      secret.data = { 'tls.crt': base64(cert), 'tls.key': base64(key) };
      registration.spec.caBundle = base64(issuer.cert);
      await cp.apply(secret, registration);
      await unavailable(cp, 'unknown authority');
    },
  },
  crashes('extension-server-crashes-serving-files-absent', async ({ cp, sample }) => {
    const { 'tls.crt': cert, 'tls.key': key } = sample.objects.secret.data;
    const metadata = { name: 'serving-pem', namespace: 'wardle' };
    await cp.apply({ apiVersion: 'v1', kind: 'Secret', metadata, data: { 'cert.pem': cert, 'key.pem': key } });
    const deployment = structuredClone(sample.objects.deployment);
    deployment.spec.template.spec.volumes[0].secret.secretName = metadata.name;
    // A rolling update would leave the pod that is ready.
    await cp.kubectl('-n', 'wardle', 'scale', 'deployment/wardle-server', '--replicas=0');
    await cp.apply(deployment);
  }),
  {
    name: 'extension-server-not-ready-node-gone',
    finds: down('extension-server-not-ready'),
    status: 1,
    async inject({ cp }) {
      await cp.kubectl('-n', 'wardle', 'rollout', 'status', 'deployment/wardle-server', '--timeout=90s');
      await cp.kubelet.stop();
      await unavailable(cp, 'have no addresses');
    },
    undo: ({ cp }) => cp.kubelet.start(),
  },
];
