/** The statuses are what kubelet 1.37.2 wrote in the lab. */
import { expect, test } from 'vitest';
import { stateOf } from '../../src/nodes/pod-state.ts';

const container = (state: object) => ({ containerStatuses: [{ state }] });
const back = 'Back-off pulling image "example.com/aggctl:none": ErrImagePull: failed to pull and unpack image';
test.each([
  ['it has ended well', { phase: 'Succeeded', ...container({ terminated: { exitCode: 0, reason: 'Completed' } }) }, { is: 'done' }],
  ['it has failed: its log says why', { phase: 'Failed', ...container({ terminated: { exitCode: 2, reason: 'Error' } }) }, { is: 'done' }],
  [
    'no image',
    { phase: 'Pending', ...container({ waiting: { reason: 'ImagePullBackOff', message: back } }) },
    { is: 'failed', why: `\`ImagePullBackOff\`, \`${back}\`` },
  ],
  [
    'the first failure to pull may pass',
    { phase: 'Pending', ...container({ waiting: { reason: 'ErrImagePull', message: 'timeout' } }) },
    { is: 'waiting', why: '`ErrImagePull`, `timeout`' },
  ],
  [
    'its deadline has passed',
    { phase: 'Failed', reason: 'DeadlineExceeded', message: 'Pod was active on the node longer than the specified deadline' },
    { is: 'failed', why: '`DeadlineExceeded`, `Pod was active on the node longer than the specified deadline`' },
  ],
  [
    'kubelet does not take it',
    { phase: 'Pending' },
    { is: 'waiting', why: 'kubelet has not started its Pod: see whether the node is Ready' },
  ],
  ['it runs', { phase: 'Running', ...container({}) }, { is: 'waiting', why: 'its Pod runs and has not ended' }],
])('%s', (_, status, state) => expect(stateOf({ metadata: {}, status })).toEqual(state));
