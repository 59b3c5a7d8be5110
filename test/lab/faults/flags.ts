/** Faults of kube-apiserver's flags. */
import { rm } from 'node:fs/promises';
import { parse } from 'yaml';
import type { ControlPlane } from '../control-plane.ts';
import { until } from '../wait.ts';
import { anonymous, apiService, dies, type Fault, pki, rejected, restartAndRewrite, unavailable } from './fault.ts';

export const flagFaults: readonly Fault[] = [
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
    // As by the steps of one who left the aggregation layer out.
    name: 'by-hand-without-front-proxy',
    finds: ['proxy-client-pair-missing', ...anonymous],
    status: 1,
    async inject({ cp }) {
      const text = await cp.manifest.read();
      await cp.manifest.write(text.replace(/^ {2}annotations:\n(?: {4}.*\n)+/m, ''));
      await cp.manifest.edit((args) => args.filter((arg) => !/^--(?:requestheader|proxy-client)-/.test(arg)));
      for (const name of ['front-proxy-ca.crt', 'front-proxy-ca.key', 'front-proxy-client.crt', 'front-proxy-client.key'])
        await rm(cp.path(`${pki}/${name}`));
      await cp.restartApiserver();
      await unavailable(cp, '403');
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
    // To the extension server it is as if it were too old.
    name: 'reviews-not-served',
    finds: ['apiservice-unavailable'],
    status: 1,
    fromLaptop: true,
    async inject({ cp }) {
      await cp.manifest.set('runtime-config', 'authorization.k8s.io/v1=false');
      await cp.restartApiserver();
      await until('requests of users to fail', 60_000, async () => {
        const argv = ['kubectl', '--kubeconfig', cp.kubeconfig.admin, 'get', '--raw', '/apis/wardle.example.com/v1alpha1'];
        return (await cp.run(argv)).stderr.includes('post subjectaccessreviews') || undefined;
      });
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
    finds: ['group-headers-missing', 'user-groups-missing'],
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
];

/** Shows the manifest as it is now as a mirror pod, with kubelet's annotation: there is no kubelet in this lab. */
export async function mirror(cp: ControlPlane): Promise<void> {
  const pod = parse(await cp.manifest.read());
  pod.metadata.name += `-${cp.name}`;
  pod.metadata.annotations['kubernetes.io/config.mirror'] = 'lab';
  pod.spec.nodeName = cp.name;
  await cp.apply(pod);
}

export const removeMirror = async (cp: ControlPlane) =>
  void (await cp.kubectl(
    '-n',
    'kube-system',
    'delete',
    'pod',
    `kube-apiserver-${cp.name}`,
    '--ignore-not-found',
    '--force',
    '--grace-period=0',
  ));
