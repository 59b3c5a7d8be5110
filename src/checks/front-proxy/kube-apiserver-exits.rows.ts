import type { Row } from '../../../test/checks/row.ts';
import type { Change } from '../../../test/support/facts.ts';

const exit = (text: string, means: readonly string[]): Change => ({
  lastExit: { at: { file: '/var/log/pods/x/kube-apiserver/3.log' }, text, means },
});

export const rows: readonly Row[] = [
  ['it runs', {}, 'passed'],
  [
    'a reason that is predicted',
    exit('unknown flag: --x', ['flag-unknown']),
    [{ says: '`unknown flag: --x`', explainedBy: ['flag-unknown'] }],
  ],
  ['another reason', exit('x', []), [{ command: 'tail -n 20 /var/log/pods/x/kube-apiserver/3.log', explainedBy: [] }]],
];
