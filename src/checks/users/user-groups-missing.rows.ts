import { me, refused, request } from '../../../test/checks/registration.ts';
import type { Row } from '../../../test/checks/row.ts';
import { configMap, unknown } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['404 from the extension server', request({}), 'passed'],
  ['a user who may not', request({ status: 403, allowed: false, text: `User "${me}" cannot get` }), 'passed'],
  ['another name', refused('system:anonymous'), 'passed'],
  ['nothing was asked', { userRequest: null }, 'passed'],
  [
    'the ConfigMap names no header',
    { ...refused(me), ...configMap({ groupHeaders: null }) },
    [{ says: "does not see users' groups", fix: 'Check the ConfigMap', command: 'get configmap extension-apiserver-authentication' }],
  ],
  [
    'the same, and nobody sees the flags',
    { ...refused(me), ...configMap({ groupHeaders: null }), flags: unknown },
    [{ fix: 'Check each node', command: 'sudo aggctl doctor' }],
  ],
  [
    'the same, and those of one node are not seen',
    { ...refused(me), ...configMap({ groupHeaders: null }), beside: [{ flags: unknown }] },
    [{ fix: 'Check cp-2', command: 'sudo aggctl doctor' }],
  ],
  ['the ConfigMap is right', refused(me), [{ fix: "Check the extension API server's flags and log" }]],
  [
    'the ConfigMap names the header and another',
    { ...refused(me), ...configMap({ groupHeaders: ['X-Remote-Group', 'X-My-Group'] }) },
    [{ fix: 'and log' }],
  ],
  ['nobody may read the ConfigMap', { ...refused(me), authConfigMap: unknown }, [{ evidence: ['403', 'sees these groups'] }]],
];
