import { defineCheck } from '../../check.ts';
import { editManifest } from '../../distributions/fixes.ts';

export default defineCheck({
  id: 'redirects-not-rejected',
  title: 'kube-apiserver passes on no redirect of an extension server',
  severity: 'warning',
  modes: ['F22'],
  scope: 'apiserver',
  needs: ['flags'],
  wants: ['distribution'],
  explain: {
    looksAt: 'whether `--aggregator-reject-forwarding-redirect` is false',
    why: 'A redirect sends the client, with its credentials, to wherever an extension server says (CVE-2022-3172).',
    kubernetes: 'Nothing shows. By default kube-apiserver answers 502 in place of a redirect.',
    repair: 'Take the flag away, and repair the extension server that redirects.',
    mirrors: 'k8s.io/kube-aggregator, pkg/apiserver/handler_proxy.go, v0.37.2 (kubernetes/kubernetes#112513)',
  },
  run({ flags, distribution }) {
    const flag = flags.byName['aggregator-reject-forwarding-redirect'];
    if (!flag || !/^(0|f|false)$/i.test(flag.value)) return [];
    return [
      {
        message:
          'An extension server can send users, with their credentials, to any other address: `--aggregator-reject-forwarding-redirect` is false.',
        at: flag.at,
        evidence: ['CVE-2022-3172; true is the default'],
        fix: editManifest(flag.at, 'Take --aggregator-reject-forwarding-redirect away', distribution),
      },
    ];
  },
});
