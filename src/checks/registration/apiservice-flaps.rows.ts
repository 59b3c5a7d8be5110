import type { Row } from '../../../test/checks/row.ts';
import { same } from '../../../test/checks/several.ts';
import { flags, healthy } from '../../../test/support/facts.ts';
import type { Disagreement } from '../../model.ts';

const disagreement: Disagreement = {
  serving: ['cp-1', 'cp-3'],
  failing: [{ name: 'cp-2', signature: 'rejected', text: '401 Unauthorized', meaning: 'it rejects the certificate' }],
};

export const rows: readonly Row[] = [
  ['they agree', {}, 'passed'],
  [
    'one is rejected',
    { disagreement },
    [
      {
        says: 'it serves through cp-1 and cp-3 and never through cp-2',
        at: { probe: 'GET /apis/wardle.example.com/v1alpha1 at each kube-apiserver' },
        evidence: 'through cp-2: `401 Unauthorized`',
        fix: 'On cp-2, check the front-proxy files and flags with `sudo aggctl doctor`, and check that',
        shows: ['rejected'],
      },
    ],
  ],
  [
    'the same, told on its node',
    { disagreement, beside: [same] },
    [{ fix: 'On cp-2, whose front-proxy files and flags aggctl sees, check that the extension API server' }],
  ],
  [
    'two fail, and the files of one are seen',
    {
      disagreement: {
        serving: ['cp-3'],
        failing: ['cp-1', 'cp-2'].map((name) => ({ name, signature: 'rejected', text: '401', meaning: 'x' })),
      },
    },
    [{ fix: 'On cp-1 and cp-2, check the front-proxy files and flags with `sudo aggctl doctor` (cp-2), and' }],
  ],
  [
    'no condition was ever written',
    { disagreement, apiService: { ...healthy.apiService, available: null } },
    [{ says: 'flips between True and False' }],
  ],
  [
    'the one that fails has other flags',
    { disagreement, beside: [flags({ 'enable-aggregator-routing': 'true' }), same] },
    [{ shows: ['rejected'], aspect: 'flags-differ' }],
  ],
  [
    'one that serves has other flags',
    { disagreement, beside: [same, flags({ 'enable-aggregator-routing': 'true' })] },
    [{ shows: ['rejected'], aspect: null }],
  ],
  [
    'the one that fails has other flags, and one that serves has others, too',
    { disagreement, beside: [flags({ 'enable-aggregator-routing': 'true' }), flags({ 'requestheader-username-headers': 'X-User' })] },
    [{ aspect: 'flags-differ' }],
  ],
  [
    'the one that fails shares its flags with one that nobody asked',
    {
      disagreement: { ...disagreement, serving: ['cp-1'] },
      beside: [flags({ 'enable-aggregator-routing': 'true' }), flags({ 'enable-aggregator-routing': 'true' })],
    },
    [{ aspect: 'flags-differ' }],
  ],
  [
    'two fail, each in its way',
    {
      disagreement: {
        ...disagreement,
        failing: [
          ...disagreement.failing,
          { name: 'cp-4', signature: 'anonymous', text: '403 Forbidden', meaning: 'it sees no certificate' },
        ],
      },
    },
    [{ shows: ['rejected', 'anonymous'] }],
  ],
];
