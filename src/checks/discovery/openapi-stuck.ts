import { defineCheck } from '../../check.ts';

export default defineCheck({
  id: 'openapi-stuck',
  title: 'kube-apiserver lists its OpenAPI documents at once',
  severity: 'warning',
  scope: 'cluster',
  needs: ['openAPIList', 'failure'],
  wants: ['apiServices'],
  explain: {
    looksAt: 'whether GET /openapi/v3 is answered in the time that every other request is given',
    why: 'kubectl apply, create and explain read this list first: they wait with it, for whatever kind of object.',
    kubernetes:
      'kube-apiserver asks each extension server for its part, waits up to 60 s, and gives nobody the list meanwhile; after a failure it asks again in one minute, then two, then four. Such an extension server is Available: its probe does not ask for OpenAPI.',
    repair: 'Find the extension server that does not answer /openapi/v3 by the log of kube-apiserver, and repair or restart it.',
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/openapiv3/aggregator/aggregator.go (UpdateAPIServiceSpec), v0.37.2',
  },
  run({ openAPIList, failure, apiServices = [] }) {
    if (!openAPIList || !('late' in openAPIList)) return [];
    // One that fails may hold it up until kube-apiserver no longer asks it; then that is what is to be repaired.
    if (failure.some(({ observed }) => observed.ok && observed.value)) return [];
    const remote = apiServices.filter(({ service }) => service !== null).map(({ name }) => name);
    return [
      {
        message:
          '`kubectl apply`, `create` and `explain` wait, for up to a minute and for any object: kube-apiserver waits for the OpenAPI of an extension server.',
        at: { probe: 'GET /openapi/v3' },
        evidence: [openAPIList.late, ...(remote.length === 1 ? [`the only extension server is that of ${remote[0]}`] : [])],
        fix: {
          text: "kube-apiserver's log names the APIService once it has given up, after a minute (`loading OpenAPI spec for … failed`); then look at that extension server, and restart it:",
          commands: [
            "kubectl -n kube-system logs -l component=kube-apiserver --tail=-1 | grep 'loading OpenAPI spec for' | grep -e 'request timed out' -e 'could not get list'",
          ],
        },
      },
    ];
  },
});
