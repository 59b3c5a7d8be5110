import type { Row } from '../../../test/checks/row.ts';
import { unknown } from '../../../test/support/facts.ts';

export const unrecorded = 'the lab and kube-apiserver share one clock';
export const rows: readonly Row[] = [
  ['both agree to a second', { clockSkew: 900 }, 'passed'],
  ['both agree to a minute', { clockSkew: -60_000 }, 'passed'],
  ['the answer has no date', { clockSkew: unknown }, 'skipped'],
  ['it is behind', { clockSkew: 600_000 }, [{ says: "clock is 10m behind kube-apiserver's", command: 'date -u' }]],
  ['it is ahead', { clockSkew: -400 * 86_400_000 }, [{ says: "ahead of kube-apiserver's" }]],
];
