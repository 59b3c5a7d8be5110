import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';

export default defineCheck({
  id: 'front-proxy-ca-differs',
  title: "each kube-apiserver's requestheader CA verifies the front-proxy certificates of the others",
  severity: 'warning',
  modes: ['P16', 'G02'],
  scope: 'cluster',
  needs: ['untrustedPeers'],
  explain: {
    looksAt:
      'for each pair of nodes with visible files, the chain from the certificate of one to the CA bundle of the other. Different certificates on different nodes are fine',
    why: 'All kube-apiservers publish their CAs in one ConfigMap. While all of them run, it contains every CA and everything works. After one of them recreates it, the CAs of the others are missing for a while.',
    kubernetes: 'kube-apiserver adds its CAs to the ConfigMap and removes only expired ones.',
    repair:
      'First put all CAs into the bundle of every node. Then issue every client certificate from one of them. Then remove the others.',
    mirrors:
      'crypto/x509, verify.go, go1.26; kubernetes/kubernetes, pkg/controlplane/controller/clusterauthenticationtrust/cluster_authentication_trust_controller.go (combineCertLists), v1.37.2',
  },
  run({ untrustedPeers }) {
    const nodes = [...new Set(untrustedPeers.flatMap(({ presents, trusts }) => [presents.node, trusts.node]))].sort();
    const count = (node: string) => untrustedPeers.filter(({ presents, trusts }) => presents.node === node || trusts.node === node).length;
    const most = Math.max(...nodes.map(count));
    // Of three nodes, the different one is in every pair; of two, it cannot be determined.
    const odd = nodes.filter((node) => count(node) === most);
    const first = untrustedPeers.find(({ trusts }) => odd.includes(trusts.node)) ?? untrustedPeers[0];
    if (!first) return [];
    const others = nodes.filter((node) => !odd.includes(node));
    const between = others.length > 0 ? `of ${list(odd)} and of ${list(others)}` : `of ${list(odd)}`;
    return [
      {
        message: `Aggregated APIs work on every node only while ConfigMap \`extension-apiserver-authentication\` contains all CAs: the requestheader CAs ${between} do not verify each other's certificates.`,
        at: first.trusts.file.at,
        evidence: untrustedPeers.map(
          ({ presents, trusts, fault }) =>
            `${trusts.file.path} on ${trusts.node} does not verify ${presents.leaf.subject} of ${presents.node} (issued by ${presents.leaf.issuer}): \`${fault.text}\``,
        ),
        fix: {
          text: `Put the CAs of all nodes into \`${first.trusts.file.path}\` on every node, one after the other; kube-apiserver reloads it without a restart. Then issue every client certificate from one CA. Only then remove the other CAs. Do not delete the ConfigMap.`,
        },
        latent: true,
      },
    ];
  },
});
