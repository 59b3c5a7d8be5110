import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import type { BackendPod, FailureKind } from '../../model.ts';
import { sh } from '../../sh.ts';
import { workloadOf } from './kubectl-commands.ts';
import { numberIn, portOf, type ServicePort } from './target-port.ts';
import { serviceOf } from './workload-words.ts';

/** Failures of requests that reach an unrelated server. */
const strange: readonly FailureKind[] = [
  'connection-refused',
  'not-found',
  'bad-request',
  'bad-status',
  'not-https',
  'not-http',
  'unrecognized-name',
  'unknown-authority',
  'serving-names',
  'serving-certificate',
];

/** Whether the Service's port is among the ports that its containers declare; null: they declare none. */
function declares(pod: BackendPod, port: ServicePort): boolean | null {
  const declared = pod.containers.flatMap(({ ports }) => ports.map((one) => one.port));
  const number = numberIn(pod, port);
  return declared.length === 0 ? null : number !== null && declared.includes(number);
}

export default defineCheck({
  id: 'service-selects-wrong-pods',
  title: "the Service's selector matches only the extension API server's pods",
  severity: 'error',
  modes: ['S05'],
  scope: 'apiservice',
  hop: 'endpoints',
  needs: ['apiService', 'failure', 'backend', 'backendPods'],
  causes: { signatures: ['connection-refused', 'no-endpoints', 'timeout'] },
  explain: {
    looksAt: 'the ready pods that the Service selects: which of them declare its port, and their workloads',
    why: 'A label that several workloads in a namespace share, such as the name of a chart, sends some requests to pods that do not serve this API.',
    kubernetes:
      'Requests fail intermittently: refused, 404, or a certificate for another name. One successful probe of five keeps the APIService True.',
    repair: "Use a selector that matches only the extension API server's pods.",
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ apiService, failure, backend, backendPods }) {
    const port = portOf(apiService, backend);
    if (!failure || !strange.includes(failure.signature) || !port) return [];
    const ready = (backendPods ?? []).filter((pod) => pod.ready);
    const makers = (declared: boolean) =>
      new Set(ready.filter((pod) => declares(pod, port) === declared).map((pod) => workloadOf(pod) ?? `pod/${pod.name}`));
    const [right, others] = [makers(true), makers(false)];
    const wrong = [...others].filter((name) => !right.has(name));
    if (right.size === 0 || wrong.length === 0) return [];
    const { namespace, name } = apiService.service;
    const selector = Object.entries(backend?.service?.selector ?? {}).map(([key, value]) => `${key}=${value}`);
    return [
      {
        message: `\`${apiService.group}/${apiService.version}\` fails intermittently: ${serviceOf(apiService)} also selects the pods of ${list(wrong.map((one) => `\`${one}\``))}, which have no port \`${port.targetPort}\`.`,
        at: { object: `Service ${namespace}/${name}`, field: 'spec.selector' },
        evidence: [`\`${failure.text}\``, `the selector ${selector.join(',')} matches ${list([...right, ...wrong])}`],
        fix: {
          text: `Add a label to the pod template of ${list([...right])} that no other pods have, and let the Service select it (<KEY>=<VALUE> in the command):`,
          commands: [sh`kubectl -n ${namespace} get pods -l ${selector.join(',')} --show-labels`],
          edits: { of: 'service', commands: [sh`kubectl -n ${namespace} set selector service ${name} '<KEY>=<VALUE>'`] },
        },
      },
    ];
  },
});
