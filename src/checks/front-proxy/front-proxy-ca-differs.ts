import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';

export default defineCheck({
  id: 'front-proxy-ca-differs',
  title: "the requestheader CA of each kube-apiserver vouches for the others' front-proxy certificates",
  severity: 'warning',
  modes: ['P16', 'G02'],
  scope: 'cluster',
  needs: ['distrusts'],
  explain: {
    looksAt:
      'for each two nodes whose files are visible: the chain from the certificate that one presents to the CA bundle of the other. A certificate of its own on each node is healthy',
    why: 'All kube-apiservers publish their CAs in one ConfigMap. While all run it holds every CA, and everything works; written anew by one of them it leaves the others out for a while.',
    kubernetes: 'kube-apiserver adds its CAs to what is in the ConfigMap and removes none before it has expired.',
    repair:
      'Put all CAs into the bundle of every node first; then issue every client certificate from one of them; then take the others out.',
    mirrors:
      'crypto/x509, verify.go, go1.26; kubernetes/kubernetes, pkg/controlplane/controller/clusterauthenticationtrust/cluster_authentication_trust_controller.go (combineCertLists), v1.37.2',
  },
  run({ distrusts }) {
    const nodes = [...new Set(distrusts.flatMap(({ presents, trusts }) => [presents.node, trusts.node]))].sort();
    const count = (node: string) => distrusts.filter(({ presents, trusts }) => presents.node === node || trusts.node === node).length;
    const most = Math.max(...nodes.map(count));
    // Of three nodes the odd one is in every pair; of two nobody can tell.
    const odd = nodes.filter((node) => count(node) === most);
    const first = distrusts.find(({ trusts }) => odd.includes(trusts.node)) ?? distrusts[0];
    if (!first) return [];
    const others = nodes.filter((node) => !odd.includes(node));
    const between = others.length > 0 ? `of ${list(odd)} and of ${list(others)}` : `of ${list(odd)}`;
    return [
      {
        message: `Aggregated APIs work on every node only as long as ConfigMap \`extension-apiserver-authentication\` holds the CAs of all: the front-proxy CAs ${between} do not vouch for each other's kube-apiserver.`,
        at: first.trusts.file.at,
        evidence: distrusts.map(
          ({ presents, trusts, fault }) =>
            `${trusts.file.path} on ${trusts.node} does not vouch for ${presents.leaf.subject} of ${presents.node} (issued by ${presents.leaf.issuer}): \`${fault.text}\``,
        ),
        fix: {
          text: `Put the CAs of all nodes into \`${first.trusts.file.path}\` on every node, one after the other (kube-apiserver reads it again by itself); then issue every client certificate from one CA; only then take the other CAs out. Do not delete the ConfigMap.`,
        },
        latent: true,
      },
    ];
  },
});
