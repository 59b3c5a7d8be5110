import { behind, empty, endpoint, pod, refused, slices, timedOut, unready } from '../../../test/checks/backend.ts';
import type { Row } from '../../../test/checks/row.ts';

export const rows: readonly Row[] = [
  ['it serves', {}, 'passed'],
  [
    'no selector, no slice',
    { ...empty, backend: behind({ selector: null }), backendEndpoints: slices([], []), backendPods: [] },
    [{ says: 'there is no EndpointSlice' }],
  ],
  [
    'no selector, nothing ready',
    { ...empty, backend: behind({ selector: null }), backendEndpoints: slices([{ ...endpoint, ready: false }]), backendPods: [] },
    [{ says: 'no address in its EndpointSlice is ready', evidence: '10.244.0.5, none ready' }],
  ],
  ['ready', { ...refused, backend: behind({ selector: null }), backendEndpoints: slices([endpoint]), backendPods: [] }, 'passed'],
  [
    'ready pods, and nobody writes it',
    { ...empty, backend: behind(), backendEndpoints: slices([], []), backendPods: [pod] },
    [{ says: 'kube-controller-manager does not add', evidence: 'ready: api-7c9f-x' }],
  ],
  ['no pod is ready', { ...unready({}), backendEndpoints: slices([]) }, 'passed'],
  [
    'an ExternalName',
    { ...timedOut, backend: behind({ type: 'ExternalName', selector: null }), backendEndpoints: slices([], []), backendPods: [] },
    'passed',
  ],
  ['nobody may see the slices', { ...empty, backend: behind(), backendEndpoints: null, backendPods: [pod] }, 'passed'],
  ['it serves without any', { backend: behind(), backendEndpoints: slices([], []), backendPods: [pod] }, 'passed'],
  ['nobody could see the Service', { ...empty, backend: null, backendEndpoints: slices([], []), backendPods: [pod] }, 'passed'],
];
