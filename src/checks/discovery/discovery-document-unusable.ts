import { defineCheck } from '../../check.ts';
import { sh } from '../../sh.ts';

export default defineCheck({
  id: 'discovery-document-unusable',
  title: 'the discovery document of the group version is readable',
  severity: 'error',
  modes: ['D02'],
  scope: 'apiservice',
  hop: 'discovery',
  needs: ['apiService', 'discovery'],
  wants: ['publishedVersions'],
  judges: ['serving-certificate-probed'],
  explain: {
    looksAt: 'the body of a successful GET /apis/GROUP/VERSION: JSON of kind APIResourceList',
    why: "kube-apiserver's probe reads only the status code: with a login page or an empty answer, the APIService is Available but unusable.",
    kubernetes:
      "Available is True, `Passed`. Aggregated discovery shows the version as Stale without resources; kubectl says `the server doesn't have a resource type`.",
    repair: 'Point the Service to the extension API server: the server that answers now is not one.',
    mirrors: 'k8s.io/kube-aggregator, pkg/apiserver/handler_discovery.go and remote_available_controller.go, v0.37.2',
  },
  run({ apiService: { name, group, version, service }, discovery: { document }, publishedVersions }) {
    if (!document || !('fault' in document)) return [];
    const published = publishedVersions?.find((one) => one.group === group && one.version === version);
    return [
      {
        message: `Clients find no resource of \`${group}/${version}\` although Available is True: its discovery path returns something other than a discovery document.`,
        at: { probe: `GET /apis/${group}/${version}` },
        evidence: [`the answer is ${document.fault}`, ...(published?.stale ? ['aggregated discovery shows the version as Stale'] : [])],
        fix: {
          text: 'Find out which server listens behind the Service: a login page or another proxy in front of the extension API server, or in its place:',
          commands: [
            sh`kubectl get --raw /apis/${group}/${version}`,
            sh`kubectl -n ${service.namespace} describe service ${service.name}    # the pods and port behind APIService ${name}`,
          ],
        },
      },
    ];
  },
});
