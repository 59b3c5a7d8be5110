import type { Row } from '../../../test/checks/row.ts';
import { manifest } from '../../../test/checks/startup.ts';
import { flags, healthy } from '../../../test/support/facts.ts';
import type { AllFacts } from '../../check.ts';

export const rows: readonly Row[] = [
  ['the current manifest', {}, 'inapplicable'],
  ['nothing to compare with', { proposedManifest: { replaces: null } }, 'inapplicable'],
  ['the same', { proposedManifest: { replaces: healthy.flags } }, 'passed'],
  [
    'one flag',
    { proposedManifest: { replaces: healthy.flags }, ...flags({ 'requestheader-allowed-names': 'a' }) },
    [
      {
        says: `one flag of \`${manifest}\``,
        evidence: '`--requestheader-allowed-names=front-proxy-client` → `--requestheader-allowed-names=a`',
      },
    ],
  ],
  [
    'one flag added and one removed',
    { proposedManifest: { replaces: healthy.flags }, ...flags({ 'client-ca-file': null, 'enable-aggregator-routing': 'true' }) },
    [{ says: '2 flags', evidence: 'not set → `--enable-aggregator-routing=true`' }],
  ],
  [
    'compared with the process, which also returns its defaults',
    { proposedManifest: { replaces: healthy.runningFlags as AllFacts['flags'] }, ...flags({ 'client-ca-file': '/x' }) },
    [{ says: 'the running kube-apiserver' }],
  ],
];
