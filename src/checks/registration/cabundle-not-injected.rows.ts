import { apiService, failed, injected, untrusted } from '../../../test/checks/registration.ts';
import type { Row } from '../../../test/checks/row.ts';

const openshift = { 'service.beta.openshift.io/inject-cabundle': 'true' };

export const rows: readonly Row[] = [
  ['nobody is asked to', failed(untrusted, { caBundle: null }), 'inapplicable'],
  ['it is injected', { apiService: { ...apiService, annotations: injected } }, 'passed'],
  [
    'it is not, and the certificate is trusted all the same',
    { apiService: { ...apiService, annotations: injected, caBundle: null } },
    'passed',
  ],
  [
    'cert-manager has not',
    failed(untrusted, { caBundle: null, annotations: injected }),
    [{ says: "cert-manager's cainjector has not injected", command: 'kubectl -n wardle get certificate api-serving' }],
  ],
  [
    'OpenShift has not',
    failed(untrusted, { caBundle: null, annotations: openshift }),
    [{ says: "OpenShift's service-ca operator has not", command: 'oc get clusteroperator service-ca' }],
  ],
];
