import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import type { BackendWorkload } from '../../model.ts';
import { isSilent } from './pod-health.ts';
import { fails, serviceOf } from './workload-words.ts';

type Labels = Readonly<Record<string, string>>;
const written = (labels: Labels) => Object.entries(labels).map(([key, value]) => `${key}=${value}`);
const shared = (labels: Labels, selector: Labels) => Object.entries(selector).filter(([key, value]) => labels[key] === value).length;

/** Whose pods these may be meant to be: the workload of the Service's own name, or one that has a label of the selector. */
const near = (workloads: readonly BackendWorkload[], selector: Labels, service: string) =>
  workloads
    .filter(({ name, labels }) => shared(labels, selector) > 0 || name.endsWith(`/${service}`))
    .toSorted((a, b) => shared(b.labels, selector) - shared(a.labels, selector));

/** The selector with the values that this workload's pods have; what they have not is left out. */
const fitting = ({ labels }: BackendWorkload, selector: Labels): Labels => {
  const kept = Object.keys(selector).flatMap((key) => (labels[key] === undefined ? [] : [[key, labels[key]] as const]));
  return kept.length > 0 ? Object.fromEntries(kept) : labels;
};

export default defineCheck({
  id: 'service-selects-no-pods',
  title: "the Service's selector matches the extension server's pods",
  severity: 'error',
  modes: ['S05'],
  scope: 'apiservice',
  hop: 'endpoints',
  needs: ['apiService', 'failure', 'backend', 'backendPods', 'backendWorkloads'],
  causes: { signatures: ['connection-refused', 'no-endpoints', 'timeout'] },
  explain: {
    looksAt: 'the selector of the Service, the pods that it matches, and the labels of what makes pods in its namespace',
    why: 'A label that a chart or a kustomization changed on one side only leaves the Service without addresses, though the pods run.',
    kubernetes: 'The EndpointSlice is empty and the APIService `False`, `MissingEndpoints`.',
    repair: 'Make the selector of the Service and the labels of the pod template agree.',
    mirrors: 'k8s.io/endpointslice, reconciler.go, v0.37.2',
  },
  run({ apiService, failure, backend, backendPods, backendWorkloads }) {
    const selector = backend?.service?.selector;
    if (!isSilent(failure) || !selector || !backendPods || backendPods.length > 0 || !backendWorkloads) return [];
    const { namespace, name } = apiService.service;
    if (backendWorkloads.some(({ labels }) => shared(labels, selector) === Object.keys(selector).length)) return [];
    const candidates = near(backendWorkloads, selector, name);
    const [only, ...more] = candidates;
    const said = `\`${written(selector).join(',')}\``;
    return [
      {
        message: `${fails(apiService)}: the selector ${said} of ${serviceOf(apiService)} matches no pod, and nothing in this namespace makes such pods.`,
        at: { object: `Service ${namespace}/${name}`, field: 'spec.selector' },
        evidence: [
          `\`${failure.text}\``,
          ...candidates.slice(0, 3).map(({ name: which, labels }) => `${which} makes pods with ${list(written(labels), { most: 6 })}`),
        ],
        fix:
          only && more.length === 0
            ? {
                text: `Where ${only.name} is the extension server, let the Service select its pods:`,
                commands: [`kubectl -n ${namespace} set selector service ${name} '${written(fitting(only, selector)).join(',')}'`],
              }
            : {
                text: "Compare the selector with the labels of the extension server's pods, and let them agree; where there are none, install the extension server again:",
                commands: [
                  `kubectl -n ${namespace} get deployments,statefulsets,daemonsets -o wide`,
                  `kubectl -n ${namespace} set selector service ${name} 'KEY=VALUE'`,
                ],
              },
      },
    ];
  },
});
