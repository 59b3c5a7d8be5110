import { defineCheck } from '../../check.ts';
import { sh } from '../../sh.ts';

export default defineCheck({
  id: 'openapi-stuck',
  title: 'kube-apiserver lists its OpenAPI documents without delay',
  severity: 'warning',
  modes: ['D08'],
  scope: 'cluster',
  needs: ['openAPIList', 'failure'],
  wants: ['apiServices'],
  explain: {
    looksAt: 'whether GET /openapi/v3 is answered within the time-out of every other request',
    why: 'kubectl apply, create and explain read this list first: they wait for it, for any kind of object.',
    kubernetes:
      "kube-apiserver requests each extension API server's part, waits up to 60 s, and returns the list to no client meanwhile. After a failure it retries in one minute, then two, then four. Such an extension API server is Available: its probe does not request OpenAPI.",
    repair: "Find the extension API server that does not answer /openapi/v3 in kube-apiserver's log, and fix or restart it.",
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/openapiv3/aggregator/aggregator.go (UpdateAPIServiceSpec), v0.37.2',
  },
  run({ openAPIList, failure, apiServices = [] }) {
    if (!openAPIList || !('late' in openAPIList)) return [];
    // A failing APIService may delay the list until kube-apiserver stops asking its server; then that failure is the one to fix.
    if (failure.some(({ observed }) => observed.ok && observed.value)) return [];
    const remote = apiServices.filter(({ service }) => service !== null).map(({ name }) => name);
    return [
      {
        message:
          "`kubectl apply`, `create` and `explain` hang for up to a minute for any object: kube-apiserver waits for an extension API server's OpenAPI document.",
        at: { probe: 'GET /openapi/v3' },
        evidence: [openAPIList.late, ...(remote.length === 1 ? [`the only extension API server is that of ${remote[0]}`] : [])],
        fix: {
          text: "kube-apiserver's log names the APIService when it gives up after a minute (`loading OpenAPI spec for … failed`). Then check that extension API server and restart it:",
          commands: [
            sh`kubectl -n kube-system logs -l component=kube-apiserver --tail=-1 | grep 'loading OpenAPI spec for' | grep -e 'request timed out' -e 'could not get list'`,
          ],
        },
      },
    ];
  },
});
