import { defineCheck } from '../../check.ts';
import { editFlag } from '../../distributions/fixes.ts';

export default defineCheck({
  id: 'redirects-not-rejected',
  title: 'kube-apiserver rejects redirects from extension API servers',
  severity: 'warning',
  modes: ['F22'],
  scope: 'apiserver',
  needs: ['flags'],
  wants: ['distribution'],
  explain: {
    looksAt: 'whether `--aggregator-reject-forwarding-redirect` is false',
    why: 'A redirect can send the client, with its credentials, to any address that an extension API server chooses (CVE-2022-3172).',
    kubernetes: 'No symptom. By default kube-apiserver answers 502 instead of the redirect.',
    repair: 'Remove the flag, and fix the extension API server that redirects.',
    mirrors: 'k8s.io/kube-aggregator, pkg/apiserver/handler_proxy.go, v0.37.2 (kubernetes/kubernetes#112513)',
  },
  run({ flags, distribution }) {
    const flag = flags.byName['aggregator-reject-forwarding-redirect'];
    if (!flag || !/^(0|f|false)$/i.test(flag.value)) return [];
    return [
      {
        message:
          'An extension API server can send users, with their credentials, to any other address: `--aggregator-reject-forwarding-redirect` is false.',
        at: flag.at,
        evidence: ['CVE-2022-3172; true is the default'],
        fix: editFlag(flag.at, 'Remove --aggregator-reject-forwarding-redirect', distribution),
      },
    ];
  },
});
