import type { Row } from '../../../test/checks/row.ts';
import { flags } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['no peer flags', {}, 'inapplicable'],
  ['with the pair', flags({ 'peer-ca-file': '/ca' }), 'passed'],
  ['an address alone needs no pair', flags({ 'peer-advertise-ip': '192.0.2.1', 'proxy-client-cert-file': '' }), 'passed'],
  [
    'without the pair',
    flags({ 'peer-ca-file': '/ca', 'proxy-client-cert-file': '' }),
    [{ evidence: 'proxy-cert-file not specified', explainedBy: ['proxy-client-pair-missing', 'proxy-client-pair-half'] }],
  ],
  [
    'the gate is off',
    flags({ 'peer-ca-file': '/ca', 'feature-gates': 'UnknownVersionInteroperabilityProxy=false' }),
    [{ says: 'which is off', command: 'Add UnknownVersionInteroperabilityProxy=true' }],
  ],
  ['1.35 has it off', { ...flags({ 'peer-ca-file': '/ca' }), minorVersion: 35 }, [{ says: 'which is off' }]],
  ['1.36 has it on', { ...flags({ 'peer-ca-file': '/ca' }), minorVersion: 36 }, 'passed'],
];
