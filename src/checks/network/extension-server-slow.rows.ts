import type { Row } from '../../../test/checks/row.ts';
import { apiService, available, dial, serves, timeout } from '../../../test/checks/way.ts';
import { answers, failing } from '../../../test/support/facts.ts';
import { slownessOf } from '../../facts/apiservice/slow-answer.ts';

const slow = (ms: readonly number[], own = 0) => ({
  slowAnswer: slownessOf(
    ms.map((one) => ({ ...answers(200), ms: one })),
    own,
  ),
});
const unanswered = answers(503, 'error trying to reach service: context deadline exceeded');

export const rows: readonly Row[] = [
  serves,
  [
    'it takes connections',
    { ...timeout, dials: [dial('ClusterIP', true), dial('pod', true)] },
    [{ says: 'accepts connections but does not answer within 5 s', evidence: 'from this node ClusterIP' }],
  ],
  ['nobody dialled', { ...timeout, dials: null }, 'passed'],
  [
    'users wait, each time, and the probe does not',
    { ...failing({ ...apiService, available }, unanswered, 37, [unanswered, unanswered]), dials: null },
    [{ says: 'does not answer them within 5 s, although Available is True', command: 'subjectaccessreviews' }],
  ],
  [
    'users wait, and nothing gets there',
    { ...failing({ ...apiService, available }, unanswered, 37, [unanswered, unanswered]), dials: [dial('ClusterIP', false)] },
    'passed',
  ],
  ['a user waited once', failing({ ...apiService, available }, unanswered, 37, [unanswered, answers(200)]), 'passed'],
  [
    'each good answer takes nearly as long as kube-apiserver waits',
    slow([4920, 4880, 4900], 20),
    [{ severity: 'warning', says: 'takes 4.9 s to answer', command: 'logs service/api' }],
  ],
  ['one of them is late', slow([4920, 130, 4900]), 'passed'],
  ['nobody asked again', slow([4920]), 'passed'],
  ["kube-apiserver's own answers take as long", slow([4920, 4880], 4100), 'passed'],
  ['it takes half of that', slow([2400, 2500, 2400]), 'passed'],
  ['it takes none', { ...timeout, dials: [dial('ClusterIP', false)] }, 'passed'],
];
