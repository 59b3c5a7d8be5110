import { byName, cert, seenFromAfar } from '../../../test/checks/flags.ts';
import type { Row } from '../../../test/checks/row.ts';
import { flags, healthy, unknown } from '../../../test/support/facts.ts';
import type { Flag } from '../../model.ts';

const names = 'requestheader-allowed-names';
const users = 'requestheader-username-headers';
const groups = 'requestheader-group-headers';
const redirect = 'aggregator-reject-forwarding-redirect';
const named = byName[names] as Flag;

export const rows: readonly Row[] = [
  ['the process runs with the manifest', {}, 'passed'],
  ['lists in another order and in quotes', { ...flags({ [names]: '"b",a' }), ...flags({ [names]: 'a,b' }, 'runningFlags') }, 'passed'],
  [
    'a switch that is false on one side and absent on the other',
    { ...flags({ 'enable-aggregator-routing': 'false' }), ...flags({ 'enable-aggregator-routing': null }, 'runningFlags') },
    'passed',
  ],
  [
    'a switch that is true on one side and absent, which is true, on the other',
    { ...flags({ [redirect]: 'true' }), ...flags({ [redirect]: null }, 'runningFlags') },
    'passed',
  ],
  [
    'a switch that is false on one side and absent, which is true, on the other',
    { ...flags({ [redirect]: 'false' }), ...flags({ [redirect]: null }, 'runningFlags') },
    [{ says: '`--aggregator-reject-forwarding-redirect` differs' }],
  ],
  [
    'the tunnel',
    flags({ 'egress-selector-config-file': '/x' }),
    [{ says: '`--egress-selector-config-file` differs', evidence: '`/x` in the manifest' }],
  ],
  ['the UID headers', flags({ 'requestheader-uid-headers': 'X-Remote-Uid' }), [{ says: '`--requestheader-uid-headers` differs' }]],
  ['another flag, which is none of the aggregation layer', flags({ 'service-account-issuer': 'https://x' }), 'passed'],
  [
    'a name more in the manifest',
    flags({ [names]: 'front-proxy-client,aggregator' }),
    [
      {
        says: '`--requestheader-allowed-names` differs',
        at: byName[names]?.at,
        evidence: '`front-proxy-client,aggregator` in the manifest, `front-proxy-client` in the process (/flagz)',
        command: 'journalctl -u kubelet',
      },
    ],
  ],
  [
    'gone from the manifest',
    flags({ [cert]: null }),
    [{ says: '`--proxy-client-cert-file` differs', at: healthy.flags.at, evidence: 'not set in the manifest' }],
  ],
  [
    'several at once',
    flags({ [users]: 'X-User', [groups]: 'X-Group' }),
    [{ says: '`--requestheader-username-headers`, `--requestheader-group-headers` differ.' }],
  ],
  ['the mirror pod is all that is seen of either', seenFromAfar, 'inapplicable'],
  [
    'a unit that systemd has not taken up',
    { flags: { ...healthy.flags, origin: 'systemd unit', byName: { ...byName, [names]: { ...named, list: ['x'], value: 'x' } } } },
    [{ says: 'does not run with the flags in its unit', evidence: '`x` in the unit', command: 'systemctl daemon-reload' }],
  ],
  [
    "MicroK8s' file",
    { flags: { ...healthy.flags, origin: 'arguments file', byName: { ...byName, [names]: { ...named, list: ['x'], value: 'x' } } } },
    [{ says: 'does not run with the flags in its arguments file', command: 'snap restart microk8s' }],
  ],
  ['what k3s sets by itself stands in no file', { flags: { ...healthy.flags, origin: 'k3s configuration', byName: {} } }, 'inapplicable'],
  ['nothing shows what runs', { runningFlags: unknown }, 'skipped'],
  ['a manifest that is not in place yet', { proposedManifest: { replaces: null }, ...flags({ [names]: 'a' }) }, 'inapplicable'],
];
