/** Faults of one kube-apiserver among three. */
import type { ControlPlane } from '../control-plane.ts';
import { issue } from '../pki.ts';
import type { Server } from '../servers.ts';
import { until } from '../wait.ts';
import { apiService, type Declared, pki, present } from './fault.ts';
import { mirror, removeMirror } from './flags.ts';
import { nothing } from './sound.ts';

/** Three control-plane nodes on one etcd, each with its mirror pod, and the sample server. */
export interface SeveralNodes {
  readonly nodes: readonly [ControlPlane, ControlPlane, ControlPlane];
  readonly sample: Server;
}
export interface Several extends Declared {
  /** Where aggctl is run: on the node of this number, on a laptop, or on the snapshots of all three. */
  readonly from: 1 | 2 | 3 | 'laptop' | 'snapshots';
}
export interface SeveralFault extends Several {
  readonly inject: (lab: SeveralNodes) => Promise<void>;
}

/** What users of this node get, each asked once. */
const answers = async (cp: ControlPlane, status: number) =>
  void (await until(`${cp.name} to answer ${status}`, 60_000, async () => {
    const got = await cp.request('/apis/wardle.example.com/v1alpha1');
    return got.status === status || undefined;
  }));

/** Has the manifest of a node run, and kubelet show it. */
async function apply(cp: ControlPlane): Promise<void> {
  await cp.restartApiserver();
  await removeMirror(cp);
  await mirror(cp);
}

async function presentAnotherCas(cp: ControlPlane): Promise<void> {
  await present(cp, { issuer: await issue({ commonName: 'another-ca', ca: true }) });
  await answers(cp, 401);
}

/** The three nodes as they are, looked at from everywhere. */
export const severalSound: readonly Several[] = [
  { name: 'healthy-several', from: 1, ...nothing },
  { name: 'healthy-laptop-several', from: 'laptop', ...nothing },
  { name: 'healthy-several-snapshots', from: 'snapshots', ...nothing },
];
export const severalFaults: readonly SeveralFault[] = [
  {
    name: 'several-routing-differs',
    from: 1,
    finds: ['kube-apiservers-differ', 'apiservice-flaps'],
    status: 1,
    async inject({ nodes: [, , third], sample }) {
      // The Service's address leads to the server; its EndpointSlice, which only the third kube-apiserver follows, to a port where nobody is.
      const slice = structuredClone(sample.objects.endpointSlice);
      if (!slice) throw new Error('the sample server has no EndpointSlice');
      slice.ports[0].port = 9;
      await third.apply(slice);
      await third.manifest.set('enable-aggregator-routing', 'true');
      await apply(third);
      await until('the condition to become False', 60_000, async () => {
        const found = await third.get(`/apis/apiregistration.k8s.io/v1/apiservices/${apiService}`);
        return found?.status.conditions.some((one: { status: string }) => one.status === 'False') || undefined;
      });
    },
  },
  {
    name: 'laptop-several-names-differ',
    from: 'laptop',
    finds: ['kube-apiservers-differ'],
    status: 0,
    async inject({ nodes: [, second] }) {
      await second.manifest.set('requestheader-allowed-names', 'front-proxy-client,aggregator');
      await apply(second);
    },
  },
  {
    name: 'several-names-restrict-the-union',
    from: 2,
    finds: ['kube-apiservers-differ', 'configmap-names-exclude-cn', 'apiservice-flaps'],
    status: 1,
    async inject({ nodes: [, second] }) {
      await second.manifest.set('requestheader-allowed-names', '');
      await second.manifest.edit((args) => args.map((arg) => arg.replace('=""', '=')));
      await present(second, { commonName: 'aggregator' });
      await apply(second);
      await answers(second, 401);
    },
  },
  {
    name: 'several-pair-of-another-ca',
    from: 2,
    finds: ['front-proxy-client-not-signed-by-requestheader-ca', 'configmap-ca-not-signer', 'apiservice-flaps'],
    status: 1,
    inject: ({ nodes: [, second] }) => presentAnotherCas(second),
  },
  {
    name: 'laptop-several-pair-of-another-ca',
    from: 'laptop',
    finds: ['apiservice-flaps'],
    status: 1,
    inject: ({ nodes: [, second] }) => presentAnotherCas(second),
  },
  {
    name: 'laptop-several-pair-missing',
    from: 'laptop',
    finds: ['proxy-client-pair-missing', 'apiservice-flaps'],
    status: 1,
    async inject({ nodes: [, second] }) {
      await second.manifest.remove('proxy-client-cert-file');
      await second.manifest.remove('proxy-client-key-file');
      await apply(second);
      await answers(second, 403);
    },
  },
  {
    name: 'several-ca-differs',
    from: 'snapshots',
    finds: ['front-proxy-ca-differs'],
    status: 0,
    async inject({ nodes: [first, second], sample }) {
      const issuer = await issue({ commonName: 'front-proxy-ca-of-cp-2', ca: true });
      await second.write(`${pki}/front-proxy-ca.crt`, issuer.cert);
      await present(second, { issuer });
      await second.restartApiserver();
      await sample.stop();
      await sample.start();
      await first.waitServed(apiService);
      await answers(second, 200);
    },
  },
  {
    name: 'several-endpoint-down',
    from: 1,
    finds: ['kube-apiserver-endpoint-down'],
    status: 0,
    // One that is told to stop withdraws its address; of one that dies the others do so after 15 s.
    inject: async ({ nodes: [, , third] }) => void (await third.run(['pkill', '--signal', 'KILL', '--full', third.address])),
  },
  {
    name: 'several-versions-differ',
    from: 1,
    finds: ['kube-apiserver-versions-differ'],
    status: 0,
    async inject({ nodes: [, , third] }) {
      await third.manifest.write((await third.manifest.read()).replace(/kube-apiserver:v\S+/, 'kube-apiserver:v1.36.3'));
      await apply(third);
    },
  },
];
