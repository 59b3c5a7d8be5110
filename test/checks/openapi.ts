import type { OpenAPIDocument } from '../../src/model.ts';
import { unavailable } from '../support/facts.ts';
import type { Rows } from './row.ts';

const path = '/openapi/v3/apis/wardle.example.com/v1alpha1';
const document = (one: Partial<OpenAPIDocument>): { openAPIDocument: OpenAPIDocument } => ({
  openAPIDocument: { path, is: 'refused', status: 500, text: 'etcdserver: request timed out', ms: 4, ...one } as OpenAPIDocument,
});

const timeout = unavailable(
  'FailedDiscoveryCheck',
  'failing or missing response from https://10.96.100.10:443/apis/x/v1: context deadline exceeded',
);

export const rows: Rows = {
  'openapi-unavailable': [
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
    ['another page', document({ status: 200, text: '"<html>"' }), [{ evidence: '200 with "<html>", which is no JSON' }]],
    ['no answer', document({ is: 'late', text: 'no answer within 10 s' }), [{ says: '`apply` hang', severity: 'warning' }]],
  ],
  'openapi-stuck': [
    ['nobody asked', {}, 'passed'],
    ['an extension server gives no answer at all', { ...timeout, openAPIList: { late: 'no answer within 10 s' } }, 'passed'],
    ['it is listed', { openAPIList: { paths: ['api/v1'] } }, 'passed'],
    [
      'no answer',
      { openAPIList: { late: 'no answer within 10 s' } },
      [{ says: '`kubectl apply`', at: { probe: 'GET /openapi/v3' }, evidence: 'the only extension server is that of v1alpha1.wardle' }],
    ],
  ],
};
