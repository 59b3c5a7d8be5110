import { defineCheck, type Fix } from '../model.ts';
import { fails, isSilent, serviceOf } from './_backend.ts';
import { makesPodsFor } from './_workloads.ts';

/** Who refused, by kube-apiserver's words: k8s.io/apiserver and k8s.io/pod-security-admission, v0.37. */
const refusals: readonly { readonly matches: RegExp; readonly because: string; readonly fix: (namespace: string, name: string) => Fix }[] =
  [
    {
      matches: /exceeded quota|failed quota/,
      because: 'a ResourceQuota of the namespace is used up, or asks for limits that the pod does not have',
      fix: (namespace) => ({
        text: 'Raise the quota, free some of it, or let the pods ask for less:',
        commands: [`kubectl -n ${namespace} describe resourcequota`, `kubectl -n ${namespace} edit resourcequota`],
      }),
    },
    {
      matches: /violates PodSecurity/,
      because: 'they violate the PodSecurity level of the namespace',
      fix: (namespace, name) => ({
        text: 'Set in the pod template what the words name as missing; only where the extension server needs more, lower the level that the namespace enforces:',
        commands: [`kubectl -n ${namespace} edit ${name}    # securityContext`, `kubectl get namespace ${namespace} --show-labels`],
      }),
    },
    {
      matches: /serviceaccount "[^"]+" not found/,
      because: 'their ServiceAccount does not exist',
      fix: (namespace) => ({
        text: "Create the ServiceAccount that the words name; it is part of the extension server's installation, with its roles:",
        commands: [`kubectl -n ${namespace} get serviceaccounts`],
      }),
    },
    {
      matches: /failed calling webhook|admission webhook/,
      because: 'an admission webhook refuses them, or does not answer',
      fix: () => ({
        text: 'Look at the webhook that the words name: let it answer, or except the namespace of the extension server from it:',
        commands: ['kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations'],
      }),
    },
  ];

export default defineCheck({
  id: 'extension-server-not-admitted',
  title: "kube-apiserver admits the extension server's pods",
  severity: 'error',
  scope: 'apiservice',
  hop: 'endpoints',
  needs: ['apiService', 'failure', 'backend', 'backendPods', 'backendWorkloads'],
  explain: {
    looksAt:
      'the condition ReplicaFailure, or the events FailedCreate, of what makes the pods that the Service selects, when there are none',
    why: 'A quota, the PodSecurity level of the namespace, a missing ServiceAccount or an admission webhook keeps the pods from being made: no pod shows it.',
    kubernetes:
      'The APIService is `False`, `MissingEndpoints`. The ReplicaSet has an event `FailedCreate`, and the Deployment the condition ReplicaFailure.',
    repair: 'Do away with what the words name.',
    mirrors: 'kubernetes/kubernetes, pkg/controller/replicaset/replica_set.go, v1.37.2',
  },
  run({ apiService, failure, backend, backendPods, backendWorkloads }) {
    if (!isSilent(failure) || !backendPods || backendPods.length > 0) return [];
    const { namespace } = apiService.service;
    return makesPodsFor(backend, backendWorkloads).flatMap(({ name, replicas, refused }) => {
      if (refused === null || replicas === 0) return [];
      const row = refusals.find(({ matches }) => matches.test(refused));
      return [
        {
          message: `${fails(apiService)}: the pods of \`${name}\`, behind ${serviceOf(apiService)}, are not admitted: ${row?.because ?? 'kube-apiserver refuses them'}.`,
          at: { object: `${name} in ${namespace}`, field: 'status.conditions[ReplicaFailure]' },
          evidence: [`\`${refused.replace(/\s+/g, ' ').trim()}\``],
          fix: row?.fix(namespace, name) ?? {
            text: 'Do away with what these words name:',
            commands: [
              `kubectl -n ${namespace} describe ${name}`,
              `kubectl -n ${namespace} get events --field-selector reason=FailedCreate`,
            ],
          },
        },
      ];
    });
  },
});
