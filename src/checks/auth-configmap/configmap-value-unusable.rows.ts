import { names, object } from '../../../test/checks/configmap.ts';
import type { Row } from '../../../test/checks/row.ts';
import { configMap, healthy } from '../../../test/support/facts.ts';

const broken = (key: string, reason = 'it is not JSON') => configMap({ malformed: [{ key, reason }] });
/** The flags, with none of those that the ConfigMap is made of. */
function unseen() {
  const { byName, ...rest } = healthy.flags;
  return { ...rest, byName: Object.fromEntries(Object.entries(byName).filter(([name]) => !name.startsWith('requestheader'))) };
}

const two = configMap({
  malformed: [
    { key: names, reason: 'x' },
    { key: 'client-ca-file', reason: 'y' },
  ],
});

export const rows: readonly Row[] = [
  ['all can be read', {}, 'passed'],
  [
    'a list is not JSON: it gets the value of the flag',
    broken(names),
    [
      {
        says: 'Extension API servers that start now exit',
        at: { object, field: `data[${names}]` },
        evidence: 'it is not JSON',
        command: `--type=merge -p '{"data":{"${names}":"[\\"front-proxy-client\\"]"}}'`,
      },
    ],
  ],
  [
    'no flags are visible: what kube-apiserver sends',
    { ...broken('requestheader-username-headers'), flags: unseen() },
    [{ command: '[\\"X-Remote-User\\"]' }],
  ],
  [
    'a CA is no PEM: it is taken out, and kube-apiserver writes its own',
    broken('requestheader-client-ca-file', 'data does not contain any valid RSA or ECDSA certificates'),
    [{ says: 'trust no CA of that kind', command: '[{"op":"remove","path":"/data/requestheader-client-ca-file"}]' }],
  ],
  ['two of them', two, [{ says: `\`${names}\` and \`client-ca-file\``, command: 'path":"/data/client-ca-file"' }]],
  ['there is no ConfigMap', { authConfigMap: null }, 'inapplicable'],
  ['one of two is no JSON', two, [{ says: 'that start now exit' }]],
];
