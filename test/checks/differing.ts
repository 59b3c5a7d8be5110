import { differenceAmong } from '../../src/facts/apiservice/differing.ts';
import { judgedDial } from '../../src/facts/apiservice/path-dials.ts';
import type { Dial, Discovery } from '../../src/model.ts';
import { type Change, healthy } from '../support/facts.ts';

/** What equal requests got, and what connections with the addresses behind the Service show. */
export const differs = (requests: readonly Discovery[], dials: readonly Dial[] = []): Change => ({
  differing: differenceAmong(
    requests,
    dials.map((one) => judgedDial({ ...healthy.apiService, insecureSkipTLSVerify: true }, one, healthy.now)),
  ),
});
