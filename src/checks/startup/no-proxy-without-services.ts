import { defineCheck } from '../../check.ts';
import { editFlag } from '../../distributions/fixes.ts';

export default defineCheck({
  id: 'no-proxy-without-services',
  title: 'kube-apiserver connects to extension API servers directly, without a proxy',
  severity: 'error',
  modes: ['N06'],
  scope: 'apiserver',
  needs: ['proxied', 'flags'],
  wants: ['distribution'],
  causes: {
    signatures: ['http-proxy'],
    symptoms: ['extension-server-rejects-connections/route-unknown', 'extension-server-no-answer/route-unknown'],
  },
  explain: {
    looksAt:
      "HTTPS_PROXY and NO_PROXY in kube-apiserver's environment, compared with the addresses that it dials: the ClusterIPs of the APIServices' Services, or their pods with `--enable-aggregator-routing`",
    why: "Go compares NO_PROXY with the address, never with the Service's name: `.svc` and `.cluster.local` do not help. kubeadm copies the proxy variables of the shell in which it runs.",
    kubernetes:
      "The APIServices become `False`: `proxyconnect tcp: …`, or only the proxy's `Forbidden`, `Service Unavailable` or `Bad Gateway`.",
    repair: 'Add the Service range to NO_PROXY, and with `--enable-aggregator-routing` the pod range too.',
    mirrors: 'golang.org/x/net v0.61.0, http/httpproxy/proxy.go; k8s.io/apimachinery, pkg/util/net/http.go, v0.37.2',
  },
  run({ proxied, flags, distribution }) {
    if (!proxied) return null;
    const { variable, proxy, noProxy, through, at } = proxied;
    const [first] = through;
    if (!first) return [];
    const routing = flags.byName['enable-aggregator-routing']?.value === 'true';
    const range = routing ? 'the pod range' : (flags.byName['service-cluster-ip-range']?.value ?? 'the Service range');
    return [
      {
        message: `Aggregated APIs fail: kube-apiserver dials ${through.map(({ service, address }) => `Service \`${service}\` at \`${address}\``).join(', ')} through the proxy \`${proxy}\`, because \`NO_PROXY\` does not include ${through.length > 1 ? 'these addresses' : 'this address'}.`,
        at,
        evidence: [`${variable}=${proxy}`, noProxy === '' ? 'NO_PROXY is not set' : `NO_PROXY=${noProxy}`],
        fix: editFlag(at, `Add ${range} to NO_PROXY`, distribution),
      },
    ];
  },
});
