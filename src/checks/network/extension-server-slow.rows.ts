import type { Row } from '../../../test/checks/row.ts';
import { apiService, available, dial, serves, timeout } from '../../../test/checks/way.ts';
import { answers, failing } from '../../../test/support/facts.ts';

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
  ['it takes none', { ...timeout, dials: [dial('ClusterIP', false)] }, 'passed'],
];
