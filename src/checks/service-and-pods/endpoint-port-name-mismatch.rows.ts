import { behind, empty, endpoint, refused, slices } from '../../../test/checks/backend.ts';
import type { Row } from '../../../test/checks/row.ts';

export const rows: readonly Row[] = [
  ['it serves', {}, 'passed'],
  ['the names agree', { ...refused, backend: behind({ selector: null }), backendEndpoints: slices([endpoint]) }, 'passed'],
  [
    'they do not',
    { ...empty, backend: behind({ selector: null }), backendEndpoints: slices([{ ...endpoint, ports: [{ name: 'web', port: 443 }] }]) },
    [{ says: 'has the name `https`, but the port in its EndpointSlice has `web`', command: '"value":"https"' }],
  ],
  [
    "the Service's has none",
    {
      ...empty,
      backend: behind({ selector: null, ports: [{ name: '', port: 443, targetPort: 443 }] }),
      backendEndpoints: slices([endpoint]),
    },
    [{ says: 'has no name', command: '"value":""' }],
  ],
  ['a controller makes it', { ...empty, backend: behind(), backendEndpoints: slices([{ ...endpoint, ports: [] }]) }, 'passed'],
  ['nobody may see the slices', { ...empty, backend: behind({ selector: null }), backendEndpoints: null }, 'passed'],
  [
    'the Service lacks the port, which is another check',
    { ...empty, backend: behind({ selector: null, ports: [] }), backendEndpoints: slices([endpoint]) },
    'passed',
  ],
  [
    'one of two addresses has the port',
    { ...empty, backend: behind({ selector: null }), backendEndpoints: slices([endpoint, { ...endpoint, ports: [] }]) },
    'passed',
  ],
  [
    'one of two ports has the name',
    {
      ...empty,
      backend: behind({ selector: null }),
      backendEndpoints: slices([{ ...endpoint, ports: [...endpoint.ports, { name: 'web', port: 80 }] }]),
    },
    'passed',
  ],
];
