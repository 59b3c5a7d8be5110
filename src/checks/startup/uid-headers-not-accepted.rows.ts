import type { Row } from '../../../test/checks/row.ts';
import { flags } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['the flag is not set', {}, 'inapplicable'],
  ['the standard header', flags({ 'requestheader-uid-headers': 'x-remote-uid' }), 'passed'],
  ['another header', flags({ 'requestheader-uid-headers': 'X-My-Uid' }), [{ says: 'without X-Remote-Uid' }]],
  [
    'the gate is off',
    flags({ 'requestheader-uid-headers': 'X-Remote-Uid', 'feature-gates': 'A=true,RemoteRequestHeaderUID=false' }),
    [{ says: 'the feature gate `RemoteRequestHeaderUID` is off', command: 'Remove RemoteRequestHeaderUID=false' }],
  ],
  [
    'the gate, set twice, is on',
    flags({ 'requestheader-uid-headers': 'X-Remote-Uid', 'feature-gates': 'RemoteRequestHeaderUID=false,RemoteRequestHeaderUID=true' }),
    'passed',
  ],
  [
    'the gate is off by default before 1.33',
    { ...flags({ 'requestheader-uid-headers': 'X-Remote-Uid' }), minorVersion: 32 },
    [{ says: 'the feature gate `RemoteRequestHeaderUID` is off', command: 'Add RemoteRequestHeaderUID=true' }],
  ],
  [
    'before 1.33 with the gate',
    { ...flags({ 'requestheader-uid-headers': 'X-Remote-Uid', 'feature-gates': 'RemoteRequestHeaderUID=true' }), minorVersion: 32 },
    'passed',
  ],
  ['the version is not known', { ...flags({ 'requestheader-uid-headers': 'X-Remote-Uid' }), minorVersion: null }, 'passed'],
  ['the standard header and another', flags({ 'requestheader-uid-headers': 'X-Remote-Uid,X-My-Uid' }), 'passed'],
];
