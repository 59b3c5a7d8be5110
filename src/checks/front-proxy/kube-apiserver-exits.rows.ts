import type { Row } from '../../../test/checks/row.ts';
import type { Change } from '../../../test/support/facts.ts';
import type { LastExit } from '../../model.ts';

const exit = (text: string, kinds: LastExit['kinds']): Change => ({
  lastExit: { at: { file: '/var/log/pods/x/kube-apiserver/3.log' }, text, kinds },
});

export const rows: readonly Row[] = [
  ['it runs', {}, 'passed'],
  [
    'a reason that is predicted',
    exit('unknown flag: --x', ['exits-by-unknown-flag']),
    [{ says: '`unknown flag: --x`', explainedBy: ['flag-unknown', 'flag-syntax-wrong'] }],
  ],
  ['another reason', exit('x', []), [{ command: 'tail -n 20 /var/log/pods/x/kube-apiserver/3.log', explainedBy: [] }]],
];
