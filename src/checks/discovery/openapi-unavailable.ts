import { defineCheck } from '../../check.ts';
import { sh } from '../../sh.ts';

export default defineCheck({
  id: 'openapi-unavailable',
  title: 'the extension API server serves the OpenAPI document that it lists',
  severity: 'info',
  modes: ['D08'],
  scope: 'apiservice',
  hop: 'discovery',
  needs: ['apiService', 'openAPIDocument'],
  explain: {
    looksAt: 'for an APIService that check-apiservice names: GET /openapi/v3/apis/GROUP/VERSION, if GET /openapi/v3 lists it',
    why: 'kubectl explain fails for its resources. If the document request gets no answer at all, kubectl create and apply also hang.',
    kubernetes:
      "kube-apiserver fetches the list of each extension API server every 60 s and keeps the last good one; each user's request fetches the document again. While one such request waits, no client gets any other document. A server that lists none is not faulty: if it has only OpenAPI v2, kube-apiserver builds the document itself.",
    repair: "Search the extension API server's log for requests of /openapi/v3. If it no longer offers OpenAPI v3, restart kube-apiserver.",
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/openapiv3/aggregator/aggregator.go, v0.37.2',
  },
  run({ apiService, openAPIDocument: document }) {
    if (!document || document.is === 'not listed' || document.is === 'list late' || document.is === 'served') return [];
    const { group, version, service } = apiService;
    const hangs = document.is === 'late';
    // kube-apiserver rejects a user with the same message as the extension API server.
    if (!hangs && document.status === 403) return [];
    return [
      {
        message: hangs
          ? `\`kubectl explain\`, \`create\` and \`apply\` hang for \`${group}/${version}\`: its extension API server lists an OpenAPI document but does not answer requests for it.`
          : `\`kubectl explain\` fails for \`${group}/${version}\`, although requests work: its extension API server lists an OpenAPI document but does not serve it.`,
        at: { probe: `GET ${document.path}` },
        evidence: [
          hangs
            ? document.text
            : document.status === 200
              ? `200 with ${document.text}, which is not JSON`
              : `${document.status} ${document.text}`,
          `/openapi/v3 lists apis/${group}/${version}`,
        ],
        fix: {
          text: "Search the extension API server's log for OpenAPI errors. If it was replaced by a server without OpenAPI, restart kube-apiserver, which keeps the old server's list:",
          commands: [
            sh`kubectl -n ${service.namespace} logs service/${service.name} --tail=50`,
            sh`kubectl get --raw ${document.path} --request-timeout=10s | head -c 200`,
          ],
        },
        ...(hangs && {
          severity: 'warning' as const,
          effects: ['while one request for it waits, kube-apiserver returns no OpenAPI document of any group to any client'],
        }),
      },
    ];
  },
});
