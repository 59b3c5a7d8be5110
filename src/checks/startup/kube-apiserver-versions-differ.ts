import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';

export default defineCheck({
  id: 'kube-apiserver-versions-differ',
  title: 'all kube-apiservers are of one version',
  severity: 'info',
  modes: ['M08', 'G04'],
  scope: 'cluster',
  needs: ['endpoints'],
  explain: {
    looksAt: 'GET /version at each address of Service default/kubernetes',
    why: 'During an upgrade that is well. One that stopped half-way leaves kube-apiservers that judge extension servers by different rules and write ConfigMap extension-apiserver-authentication in turn.',
    kubernetes:
      'One minor version apart is supported. From 1.36 on the availability probe verifies the serving certificate, before it does not; keys that only the newer one knows come and go in the ConfigMap.',
    repair: 'Finish the upgrade: the same version on every control-plane node.',
    mirrors: 'https://kubernetes.io/releases/version-skew-policy/, v1.37',
  },
  run({ endpoints }) {
    const known = endpoints.flatMap(({ address, node, version }) =>
      version.ok ? [{ name: node ?? address, version: version.value }] : [],
    );
    if (known.length < 2) return null;
    const versions = [...new Set(known.map(({ version }) => version))];
    if (versions.length < 2) return [];
    const told = versions.map(
      (version) => `\`${version}\` on ${list(known.filter((one) => one.version === version).map(({ name }) => name))}`,
    );
    return [
      {
        message: `The control plane is half-way through an upgrade: kube-apiserver is ${list(told)}.`,
        at: { probe: 'GET /version of each kube-apiserver' },
        fix: { text: 'When no upgrade is under way, finish the one that stopped: the same version on every control-plane node.' },
      },
    ];
  },
});
