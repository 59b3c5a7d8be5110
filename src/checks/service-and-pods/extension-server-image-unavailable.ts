import { defineCheck } from '../../check.ts';
import { sh } from '../../sh.ts';
import { editOf } from './kubectl-commands.ts';
import { causedBy, eventOf, unready } from './pod-health.ts';
import { evidenceOf, fails, serviceOf, told, words } from './workload-words.ts';

/** The fix for the message of containerd or CRI-O. */
const causes: readonly (readonly [RegExp, string])[] = [
  [/InvalidImageName|couldn't parse image|invalid reference format/, 'Correct the image name, because it is invalid.'],
  [
    /ErrImageNeverPull|present with pull policy of Never/,
    'Load the image on the node or change the pull policy, because it is `Never` and the node does not have the image.',
  ],
  [
    /401|403|unauthorized|denied|forbidden/i,
    'Correct the image name or set an imagePullSecret, because the registry denies access or has no such image.',
  ],
  [/not found|manifest unknown|404/i, 'Correct the image name or tag, because the registry has no such image.'],
  [
    /no such host|timeout|timed out|refused|no route|unreachable|EOF|x509/i,
    "Check the node's DNS, proxy and firewall, or use a mirror, because the node cannot reach the registry.",
  ],
];

export default defineCheck({
  id: 'extension-server-image-unavailable',
  title: "the nodes can pull the extension API server's image",
  severity: 'error',
  modes: ['S15', 'W01', 'W02'],
  scope: 'apiservice',
  hop: 'endpoints',
  needs: ['now', 'apiService', 'failure', 'backendPods'],
  wants: ['backendEvents'],
  causes: { signatures: ['connection-refused', 'no-endpoints', 'timeout'] },
  explain: {
    looksAt: "why the pods' containers wait, if no pod behind the Service is ready",
    why: 'An image that cannot be pulled keeps the extension API server from starting, on a new node as well as after an upgrade.',
    kubernetes:
      'The APIService is `False`, `MissingEndpoints`; the container waits, alternating between `ErrImagePull` and `ImagePullBackOff`.',
    repair: "Correct the image name, set the registry's imagePullSecret, or let the node reach the registry.",
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
    return [
      {
        message: `${fails(apiService)}: no pod of ${serviceOf(apiService)} starts, because the image \`${image}\` of container \`${name}\` cannot be pulled.`,
        at: { object: `Pod ${namespace}/${pod.name}`, field: `status.containerStatuses[${name}].state.waiting` },
        evidence: [evidenceOf(found, words(state?.reason ?? '', state?.message ?? '')), ...told(event)],
        fix: {
          text:
            causes.find(([pattern]) => pattern.test(all))?.[1] ??
            "Read the registry's message, and correct the image name or the access to the registry.",
          commands: [sh`kubectl -n ${namespace} describe pod ${pod.name}`],
          edits: editOf(pod),
        },
      },
    ];
  },
});
