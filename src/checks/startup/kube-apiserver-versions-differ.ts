import { defineCheck } from '../../check.ts';
import { orAsk } from '../../distributions/provider.ts';
import { list } from '../../format.ts';

export default defineCheck({
  id: 'kube-apiserver-versions-differ',
  title: 'all kube-apiservers run the same version',
  severity: 'info',
  modes: ['M08', 'G04'],
  scope: 'cluster',
  needs: ['endpoints'],
  wants: ['provider'],
  explain: {
    looksAt: 'GET /version at each address of Service default/kubernetes',
    why: "This is normal during an upgrade. If the upgrade stopped halfway, the kube-apiservers check extension API servers by different rules and overwrite each other's values in ConfigMap extension-apiserver-authentication.",
    kubernetes:
      'A difference of one minor version is supported. Since 1.36 the availability probe verifies the serving certificate. Keys that only the newer version knows appear in the ConfigMap and disappear again.',
    repair: 'Finish the upgrade: run the same version on every control-plane node.',
    mirrors: 'https://kubernetes.io/releases/version-skew-policy/, v1.37',
  },
  run({ endpoints, provider }) {
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
        message: `The control plane is halfway through an upgrade: kube-apiserver is ${list(told)}.`,
        at: { probe: 'GET /version of each kube-apiserver' },
        fix: orAsk(
          provider,
          { text: 'If no upgrade is in progress, finish the one that stopped: run the same version on every control-plane node.' },
          { to: 'finish the upgrade of its kube-apiservers if it takes longer than an hour' },
        ),
      },
    ];
  },
});
