import { defineCheck } from '../../check.ts';

export default defineCheck({
  id: 'openapi-unavailable',
  title: 'the extension server serves the OpenAPI document that it lists',
  severity: 'info',
  scope: 'apiservice',
  hop: 'discovery',
  needs: ['apiService', 'openAPIDocument'],
  explain: {
    looksAt: 'for an APIService that is named to check-apiservice: GET /openapi/v3/apis/GROUP/VERSION, where GET /openapi/v3 lists it',
    why: 'kubectl explain fails for its resources; while the document is not answered at all, kubectl create and apply of them wait as well.',
    kubernetes:
      'kube-apiserver asks for the list of each extension server every 60 s, and keeps the last good one; a document is asked for anew by each user. While such a request waits it gives nobody any other. Nothing is wrong with a server that lists none: from one that has OpenAPI v2 alone kube-apiserver makes the document itself.',
    repair: "Read the extension server's log for requests of /openapi/v3. Where it no longer has OpenAPI v3, restart kube-apiserver.",
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/openapiv3/aggregator/aggregator.go, v0.37.2',
  },
  run({ apiService, openAPIDocument: document }) {
    if (!document || document.is === 'not listed' || document.is === 'list late' || document.is === 'served') return [];
    const { group, version, service } = apiService;
    const hangs = document.is === 'late';
    // kube-apiserver refuses a user in the same words as the extension server.
    if (!hangs && document.status === 403) return [];
    return [
      {
        message: hangs
          ? `\`kubectl explain\`, \`create\` and \`apply\` hang for \`${group}/${version}\`: its extension server lists an OpenAPI document, and gives no answer when asked for it.`
          : `\`kubectl explain\` fails for \`${group}/${version}\`, though requests work: its extension server lists an OpenAPI document, and does not serve it.`,
        at: { probe: `GET ${document.path}` },
        evidence: [
          hangs
            ? document.text
            : document.status === 200
              ? `200 with ${document.text}, which is no JSON`
              : `${document.status} ${document.text}`,
          `/openapi/v3 lists apis/${group}/${version}`,
        ],
        fix: {
          text: 'See in the log of the extension server what becomes of its OpenAPI; where it was replaced by one without, restart kube-apiserver, which remembers the list of the old one:',
          commands: [
            `kubectl -n ${service.namespace} logs service/${service.name} --tail=50`,
            `kubectl get --raw ${document.path} --request-timeout=10s | head -c 200`,
          ],
        },
        ...(hangs && {
          severity: 'warning' as const,
          effects: ['while one request for it waits, kube-apiserver gives nobody an OpenAPI document of any group'],
        }),
      },
    ];
  },
});
