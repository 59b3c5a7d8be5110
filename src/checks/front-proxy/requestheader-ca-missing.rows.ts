import { key } from '../../../test/checks/flags.ts';
import type { Row } from '../../../test/checks/row.ts';
import { configMap, flags, healthy, unknown } from '../../../test/support/facts.ts';

const requestheaderCa = 'requestheader-client-ca-file';

export const rows: readonly Row[] = [
  [
    'it is absent, and so is the key: the certificate is named',
    { ...flags({ [requestheaderCa]: null, [key]: null }), authConfigMap: null },
    [{ evidence: 'the front-proxy client certificate: /etc/kubernetes/pki/front-proxy-client.crt' }],
  ],
  ['it is set', {}, 'passed'],
  [
    'it is absent, and nobody published another',
    { ...flags({ [requestheaderCa]: null }), ...configMap({ requestheaderCa: null }) },
    [{ says: 'Aggregated APIs fail for every user', at: healthy.flags.at, command: 'Set --requestheader-client-ca-file=' }],
  ],
  [
    'it is absent, and the ConfigMap holds an empty key',
    { ...flags({ [requestheaderCa]: null }), ...configMap({ requestheaderCa: [] }) },
    [{ says: 'Aggregated APIs fail for every user' }],
  ],
  [
    'it is absent, and the ConfigMap still holds a CA',
    flags({ [requestheaderCa]: null }),
    [{ says: 'work only while', severity: 'warning', latent: true }],
  ],
  [
    'it is absent, and nobody knows the ConfigMap',
    { ...flags({ [requestheaderCa]: null }), authConfigMap: unknown },
    [{ evidence: 'the ConfigMap could not be read' }],
  ],
  [
    'it is empty, and there is no ConfigMap',
    { ...flags({ [requestheaderCa]: '' }), authConfigMap: null },
    [{ says: 'Aggregated APIs fail for every user' }],
  ],
];
