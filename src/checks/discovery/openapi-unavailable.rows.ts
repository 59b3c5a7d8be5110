import type { Row } from '../../../test/checks/row.ts';
import type { OpenAPIDocument } from '../../model.ts';

const path = '/openapi/v3/apis/wardle.example.com/v1alpha1';
const document = (one: Partial<OpenAPIDocument>): { openAPIDocument: OpenAPIDocument } => ({
  openAPIDocument: { path, is: 'refused', status: 500, text: 'etcdserver: request timed out', ms: 4, ...one } as OpenAPIDocument,
});

export const rows: readonly Row[] = [
  ['nobody asked', {}, 'passed'],
  ['it is served', document({ is: 'served', status: 200, text: '' }), 'passed'],
  ['kube-apiserver does not even list it', document({ path: '/openapi/v3', is: 'list late', text: 'no answer within 10 s' }), 'passed'],
  ['it publishes none', document({ is: 'not listed' }), 'passed'],
  ['kube-apiserver or the extension server refuses the user', document({ status: 403, text: 'forbidden' }), 'passed'],
  [
    'it fails',
    document({}),
    [{ says: '`kubectl explain` fails for `wardle.example.com/v1alpha1`', at: { probe: `GET ${path}` }, evidence: '500 etcdserver' }],
  ],
  ['another page', document({ status: 200, text: '"<html>"' }), [{ evidence: '200 with "<html>", which is not JSON' }]],
  ['no answer', document({ is: 'late', text: 'no answer within 10 s' }), [{ says: '`apply` hang', severity: 'warning' }]],
];
