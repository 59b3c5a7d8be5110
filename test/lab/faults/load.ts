/** Faults of load: somebody answers 429. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ControlPlane } from '../control-plane.ts';
import { type Behaviour, startExtensionServer } from '../servers.ts';
import { until } from '../wait.ts';
import type { Fault } from './fault.ts';

const overloaded = (cp: ControlPlane, behaviour: Behaviour) =>
  startExtensionServer(cp, { group: 'orders.example.com', port: 9446, behaviour });
const stop: Fault['undo'] = async ({ cp }) => void (await cp.namespace.send('stop', { name: 'extension-server-orders' }));
/** As k8s.io/apiserver says it, and as others do. */
const plain = { status: 429, body: 'Too many requests, please try again later.\n', contentType: 'text/plain; charset=utf-8' };
const asStatus = {
  status: 429,
  body: JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    reason: 'TooManyRequests',
    message: 'rate limit exceeded',
    code: 429,
  }),
};

/** Priority and fairness has no seats for administrators who ask for the group. */
const kind = 'flowcontrol.apiserver.k8s.io/v1';
const limited = { nominalConcurrencyShares: 0, lendablePercent: 0, borrowingLimitPercent: 0, limitResponse: { type: 'Reject' } };
const rejecting = [
  { apiVersion: kind, kind: 'PriorityLevelConfiguration', metadata: { name: 'nothing' }, spec: { type: 'Limited', limited } },
  {
    apiVersion: kind,
    kind: 'FlowSchema',
    metadata: { name: 'orders' },
    spec: {
      matchingPrecedence: 2,
      priorityLevelConfiguration: { name: 'nothing' },
      rules: [
        {
          subjects: [{ kind: 'User', user: { name: 'kubernetes-admin' } }],
          nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['/apis/orders.example.com/*'] }],
        },
      ],
    },
  },
];

const asAdministrator = (cp: ControlPlane) =>
  cp.request('/apis/orders.example.com/v1', { as: 'kubernetes-admin', groups: ['kubeadm:cluster-admins'] });
let flooding = false;
/** A level without seats serves one request at a time: one of these holds it. */
function flood(cp: ControlPlane): void {
  flooding = true;
  const ask = async () => {
    while (flooding) {
      await asAdministrator(cp).catch(() => {});
      await sleep(20);
    }
  };
  for (let number = 0; number < 3; number += 1) void ask();
}

export const loadFaults: readonly Fault[] = [
  {
    name: 'extension-server-overloaded',
    finds: ['extension-server-overloaded', 'apiservice-unavailable'],
    status: 1,
    async inject({ cp }) {
      const { apiService } = await overloaded(cp, plain);
      await cp.waitAvailable(apiService, 'False', '429');
    },
    undo: stop,
  },
  {
    // Limits spare members of system:masters, as the probe is one.
    name: 'extension-server-overloaded-but-for-the-probe',
    finds: ['extension-server-overloaded', 'apiservice-unavailable'],
    status: 1,
    async inject({ cp }) {
      const { apiService } = await overloaded(cp, { ...asStatus, sparing: 'system:kube-aggregator' });
      await cp.waitAvailable(apiService);
      await sleep(42_000);
    },
    undo: stop,
  },
  {
    // The extension server is well, and nobody blames it.
    name: 'too-many-requests-of-kube-apiserver',
    finds: [],
    status: 3,
    async inject({ cp }) {
      const { apiService, behave } = await overloaded(cp, {});
      await cp.waitServed(apiService);
      await behave({ delay: '3s' });
      await cp.apply(...rejecting);
      flood(cp);
      await until('kube-apiserver to turn somebody away', 60_000, async () => {
        const { status } = await asAdministrator(cp);
        return status === 429 || undefined;
      });
    },
    async undo(lab) {
      flooding = false;
      for (const { kind, metadata } of rejecting) await lab.cp.kubectl('delete', kind.toLowerCase(), metadata.name);
      await stop(lab);
    },
  },
];
