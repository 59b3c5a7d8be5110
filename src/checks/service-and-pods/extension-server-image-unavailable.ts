import { defineCheck } from '../../check.ts';
import { workloadOf } from './kubectl-commands.ts';
import { causedBy, eventOf, unready } from './pod-health.ts';
import { evidenceOf, fails, serviceOf, told, words } from './workload-words.ts';

/** What the words of the registry tell to do: containerd's and CRI-O's. */
const causes: readonly (readonly [RegExp, string])[] = [
  [/InvalidImageName|couldn't parse image|invalid reference format/, 'The name of the image cannot be read: correct it.'],
  [
    /ErrImageNeverPull|present with pull policy of Never/,
    'The pull policy is `Never`, and the node has no such image: load it there, or let it be pulled.',
  ],
  [
    /401|403|unauthorized|denied|forbidden/i,
    'The registry does not let the node in, or there is no such image: correct the name, or give the pod an imagePullSecret.',
  ],
  [/not found|manifest unknown|404/i, 'The registry has no such image: correct its name or its tag.'],
  [
    /no such host|timeout|timed out|refused|no route|unreachable|EOF|x509/i,
    'The node does not reach the registry: look at its DNS, proxy and firewall, or name a mirror.',
  ],
];

export default defineCheck({
  id: 'extension-server-image-unavailable',
  title: "the nodes can pull the extension server's image",
  severity: 'error',
  modes: ['S15', 'W01', 'W02'],
  scope: 'apiservice',
  hop: 'endpoints',
  needs: ['now', 'apiService', 'failure', 'backendPods'],
  wants: ['backendEvents'],
  causes: { signatures: ['connection-refused', 'no-endpoints', 'timeout'] },
  explain: {
    looksAt: 'what the containers of the pods wait for, when none of the pods behind the Service is ready',
    why: 'An image that cannot be pulled keeps the extension server from starting, on a new node as much as after an upgrade.',
    kubernetes: 'The APIService is `False`, `MissingEndpoints`; the container waits, `ErrImagePull` and `ImagePullBackOff` in turns.',
    repair: "Correct the image's name, give the pod the secret of its registry, or let the node reach it.",
    mirrors: 'kubernetes/kubernetes, pkg/kubelet/images/types.go, v1.37.2',
  },
  run({ now, apiService, failure, backendPods, backendEvents }) {
    const found = causedBy('image', unready(failure, backendPods), now);
    if (!found) return [];
    const [{ pod, container }] = found;
    const { name = '', image = '', state } = container ?? {};
    // The other event of this reason only repeats the reason.
    const telling = backendEvents?.filter(({ message }) => !message.startsWith('Error: '));
    const event = eventOf(pod, telling, /^(?:Failed|InspectFailed|ErrImageNeverPull)$/);
    const all = `${state?.reason} ${state?.message} ${event?.message}`;
    const { namespace } = apiService.service;
    const workload = workloadOf(pod);
    return [
      {
        message: `${fails(apiService)}: no pod of ${serviceOf(apiService)} starts, as the image \`${image}\` of container \`${name}\` cannot be pulled.`,
        at: { object: `Pod ${namespace}/${pod.name}`, field: `status.containerStatuses[${name}].state.waiting` },
        evidence: [evidenceOf(found, words(state?.reason ?? '', state?.message ?? '')), ...told(event)],
        fix: {
          text:
            causes.find(([pattern]) => pattern.test(all))?.[1] ??
            'See what the registry says, and correct the name of the image or the way to it.',
          commands: [
            `kubectl -n ${namespace} describe pod ${pod.name}`,
            ...(workload ? [`kubectl -n ${namespace} set image ${workload} ${name}=IMAGE`] : []),
          ],
        },
      },
    ];
  },
});
