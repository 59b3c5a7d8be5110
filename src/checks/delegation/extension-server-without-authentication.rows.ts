import type { Row } from '../../../test/checks/row.ts';
import { object, probe, status } from '../../../test/checks/trust.ts';

const anonymous = (code: number) => ({ without: status(404), anonymous: { path: object, status: code } });

export const rows: readonly Row[] = [
  ['nobody asked', { frontProxyProbe: null }, 'passed'],
  ['a sound server', probe({}), 'passed'],
  ['unknown paths are answered before anybody is authenticated', probe(anonymous(401)), 'passed'],
  ['no object could be asked for', probe({ without: status(404) }), 'passed'],
  ['its API is open', probe(anonymous(404)), [{ says: 'does not authenticate its clients', evidence: '404 for a nonexistent object' }]],
  ['it answers everything', probe(anonymous(200)), [{ at: { probe: `GET https://10.96.100.10:443${object}` } }]],
  ['it sends clients elsewhere', probe(anonymous(300)), 'passed'],
];
