import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import type { BackendWorkload } from '../../model.ts';
import { sh } from '../../sh.ts';
import { isSilent } from './pod-health.ts';
import { fails, serviceOf } from './workload-words.ts';

type Labels = Readonly<Record<string, string>>;
const written = (labels: Labels) => Object.entries(labels).map(([key, value]) => `${key}=${value}`);
const shared = (labels: Labels, selector: Labels) => Object.entries(selector).filter(([key, value]) => labels[key] === value).length;

/** Workloads that the Service may be meant for: those with its name, or with a label of the selector. */
const near = (workloads: readonly BackendWorkload[], selector: Labels, service: string) =>
  workloads
    .filter(({ name, labels }) => shared(labels, selector) > 0 || name.endsWith(`/${service}`))
    .toSorted((a, b) => shared(b.labels, selector) - shared(a.labels, selector));

/** The selector with the values of this workload's pods, without keys that they lack. */
const fitting = ({ labels }: BackendWorkload, selector: Labels): Labels => {
  const kept = Object.keys(selector).flatMap((key) => (labels[key] === undefined ? [] : [[key, labels[key]] as const]));
  return kept.length > 0 ? Object.fromEntries(kept) : labels;
};

export default defineCheck({
  id: 'service-selects-no-pods',
  title: "the Service's selector matches the extension API server's pods",
  severity: 'error',
  modes: ['S05'],
  scope: 'apiservice',
  hop: 'endpoints',
  needs: ['apiService', 'failure', 'backend', 'backendPods', 'backendWorkloads'],
  causes: { signatures: ['connection-refused', 'no-endpoints', 'timeout'] },
  explain: {
    looksAt: "the Service's selector, the pods that it matches, and the labels of the workloads in its namespace",
    why: 'If a chart or a kustomization changes a label on one side only, the Service has no addresses although the pods run.',
    kubernetes: 'The EndpointSlice is empty and the APIService `False`, `MissingEndpoints`.',
    repair: "Align the Service's selector with the labels of the pod template.",
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
        message: `${fails(apiService)}: the selector ${said} of ${serviceOf(apiService)} matches no pod, and no workload in this namespace creates such pods.`,
        at: { object: `Service ${namespace}/${name}`, field: 'spec.selector' },
        evidence: [
          `\`${failure.text}\``,
          ...candidates.slice(0, 3).map(({ name: which, labels }) => `${which} creates pods with ${list(written(labels), { most: 6 })}`),
        ],
        fix:
          only && more.length === 0
            ? {
                text: `If ${only.name} is the extension API server, let the Service select its pods:`,
                edits: {
                  of: 'service',
                  commands: [sh`kubectl -n ${namespace} set selector service ${name} ${written(fitting(only, selector)).join(',')}`],
                },
              }
            : {
                text: "Align the selector with the labels of the extension API server's pods (<KEY>=<VALUE> is one of them). If there are no such pods, reinstall the extension API server:",
                commands: [sh`kubectl -n ${namespace} get deployments,statefulsets,daemonsets -o wide`],
                edits: { of: 'service', commands: [sh`kubectl -n ${namespace} set selector service ${name} '<KEY>=<VALUE>'`] },
              },
      },
    ];
  },
});
