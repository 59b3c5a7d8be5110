import { given, words } from '../../../test/checks/command-line.ts';
import type { Row } from '../../../test/checks/row.ts';
import { flags } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['no runtime-config', {}, 'inapplicable'],
  ['something else', given({ 'runtime-config': 'batch/v1=false' }), 'passed'],
  ['all off, this one on', given({ 'runtime-config': 'api/all=false,apiregistration.k8s.io/v1=true' }), 'passed'],
  [
    'off',
    given({ 'runtime-config': 'apiregistration.k8s.io/v1=false' }),
    [{ says: '`apiregistration.k8s.io/v1=false`', command: 'Remove apiregistration.k8s.io/v1=false' }],
  ],
  ['all off', given({ 'runtime-config': 'api/all=false,v1=true' }), [{ command: 'Add apiregistration.k8s.io/v1=true' }]],
  [
    'off in the first of two lines',
    {
      ...words(['--runtime-config=apiregistration.k8s.io/v1=false', '--runtime-config=batch/v1=true']),
      ...flags({ 'runtime-config': 'batch/v1=true' }),
    },
    [{ says: '`apiregistration.k8s.io/v1=false`' }],
  ],
];
