import type { Row } from '../../../test/checks/row.ts';
import { manifest } from '../../../test/checks/startup.ts';
import { flags, healthy } from '../../../test/support/facts.ts';
import type { AllFacts } from '../../check.ts';

export const rows: readonly Row[] = [
  ['the manifest in place', {}, 'inapplicable'],
  ['nothing to compare with', { proposal: { replaces: null } }, 'inapplicable'],
  ['the same', { proposal: { replaces: healthy.flags } }, 'passed'],
  [
    'one flag',
    { proposal: { replaces: healthy.flags }, ...flags({ 'requestheader-allowed-names': 'a' }) },
    [
      {
        says: `one flag of \`${manifest}\``,
        evidence: '`--requestheader-allowed-names=front-proxy-client` → `--requestheader-allowed-names=a`',
      },
    ],
  ],
  [
    'a flag more and a flag less',
    { proposal: { replaces: healthy.flags }, ...flags({ 'client-ca-file': null, 'enable-aggregator-routing': 'true' }) },
    [{ says: '2 flags', evidence: 'not set → `--enable-aggregator-routing=true`' }],
  ],
  [
    'against the process, which tells its defaults too',
    { proposal: { replaces: healthy.runningFlags as AllFacts['flags'] }, ...flags({ 'client-ca-file': '/x' }) },
    [{ says: 'the running kube-apiserver' }],
  ],
];
