import { defineCheck } from '../../check.ts';
import { editManifest } from '../../distributions/fixes.ts';

export default defineCheck({
  id: 'no-proxy-without-services',
  title: 'kube-apiserver dials extension servers itself, and not through a proxy',
  severity: 'error',
  modes: ['N06'],
  scope: 'apiserver',
  needs: ['proxied', 'flags'],
  wants: ['distribution'],
  causes: { signatures: ['http-proxy'], symptoms: ['extension-server-rejects-connections', 'extension-server-no-answer'] },
  explain: {
    looksAt:
      "HTTPS_PROXY and NO_PROXY in kube-apiserver's environment against the addresses that it dials: the ClusterIPs of the APIServices' Services, or their pods with `--enable-aggregator-routing`",
    why: 'The address is what is compared, never the name of the Service: `.svc` and `.cluster.local` in NO_PROXY do not help. kubeadm copies the proxy variables of the shell in which it runs.',
    kubernetes:
      'The APIServices become `False`: `proxyconnect tcp: …`, or a bare `Forbidden`, `Service Unavailable`, `Bad Gateway` of the proxy.',
    repair: 'Add the range of the Services, and with `--enable-aggregator-routing` that of the pods, to NO_PROXY.',
    mirrors: 'golang.org/x/net v0.61.0, http/httpproxy/proxy.go; k8s.io/apimachinery, pkg/util/net/http.go, v0.37.2',
  },
  run({ proxied, flags, distribution }) {
    if (!proxied) return null;
    const { variable, proxy, noProxy, through, at } = proxied;
    const [first] = through;
    if (!first) return [];
    const routing = flags.byName['enable-aggregator-routing']?.value === 'true';
    const range = routing ? 'the range of the pods' : (flags.byName['service-cluster-ip-range']?.value ?? 'the range of the Services');
    return [
      {
        message: `Aggregated APIs fail: kube-apiserver dials ${through.map(({ service, address }) => `Service \`${service}\` at \`${address}\``).join(', ')} through the proxy \`${proxy}\`, as \`NO_PROXY\` does not hold ${through.length > 1 ? 'these addresses' : 'this address'}.`,
        at,
        evidence: [`${variable}=${proxy}`, noProxy === '' ? 'NO_PROXY is not set' : `NO_PROXY=${noProxy}`],
        fix: editManifest(at, `Add ${range} to NO_PROXY`, distribution),
      },
    ];
  },
});
