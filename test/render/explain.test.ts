import { expect, test } from 'vitest';
import type { Explanation } from '../../src/model.ts';
import { renderExplanation } from '../../src/render/explain.ts';
import { render, type Style } from '../../src/render/index.ts';

const style: Style = { color: 0, width: 80, ascii: false, verbosity: 'normal', terminal: false, headers: true };
const explanation: Explanation = {
  schemaVersion: 1,
  kind: 'Explanation',
  id: 'front-proxy-client-expired',
  title: 'The front-proxy client certificate is within its validity',
  severity: 'error',
  scope: 'apiserver',
  needs: ['proxyClientCert', 'now'],
  wants: [],
  after: ['front-proxy-client-missing'],
  explainedBy: [],
  explains: ['apiservice-unavailable'],
  looksAt: `notBefore and notAfter of the first certificate in the file
    that \`--proxy-client-cert-file\` names.`,
  why: 'kube-apiserver shows this certificate to every extension server; an extension server refuses an expired one with 401.',
  kubernetes: 'Extension servers log `x509: certificate has expired or is not yet valid`.',
  repair: '`kubeadm certs renew front-proxy-client` on each control-plane node.',
  mirrors: 'Go crypto/x509 Certificate.isValid, 1.26',
};

test.each([
  ['80', style],
  ['40', { ...style, width: 40 }],
  ['80.ascii', { ...style, ascii: true }],
] as const)('explains a check at %s', async (name, look) => {
  await expect(renderExplanation(explanation, look)).toMatchFileSnapshot(`golden/explain.${name}.txt`);
});

test('as JSON it is all there', async () => {
  expect(JSON.parse(await render(explanation, 'json', style))).toEqual(explanation);
});
