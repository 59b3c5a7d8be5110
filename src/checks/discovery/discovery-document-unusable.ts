import { defineCheck } from '../../check.ts';

export default defineCheck({
  id: 'discovery-document-unusable',
  title: 'the discovery of the group version is one that clients can read',
  severity: 'error',
  scope: 'apiservice',
  hop: 'discovery',
  needs: ['apiService', 'discovery'],
  wants: ['publishedVersions'],
  explain: {
    looksAt: 'what a good answer to GET /apis/GROUP/VERSION holds: JSON of kind APIResourceList',
    why: 'The probe of kube-apiserver reads the status alone: a page of a login proxy, or an empty answer, makes the APIService Available and useless.',
    kubernetes:
      "Available is True, `Passed`. Aggregated discovery shows the version as Stale without resources; kubectl says `the server doesn't have a resource type`.",
    repair: 'Point the Service at the extension server itself; whatever answers there is none.',
    mirrors: 'k8s.io/kube-aggregator, pkg/apiserver/handler_discovery.go and remote_available_controller.go, v0.37.2',
  },
  run({ apiService: { name, group, version, service }, discovery: { document }, publishedVersions }) {
    if (!document || !('fault' in document)) return [];
    const published = publishedVersions?.find((one) => one.group === group && one.version === version);
    return [
      {
        message: `No client finds a resource of \`${group}/${version}\` though Available is True: what answers its discovery path is no discovery document.`,
        at: { probe: `GET /apis/${group}/${version}` },
        evidence: [`it answers ${document.fault}`, ...(published?.stale ? ['aggregated discovery shows the version as Stale'] : [])],
        fix: {
          text: 'See what listens behind the Service: a login page or another proxy there stands before the extension server, or in its place:',
          commands: [
            `kubectl get --raw /apis/${group}/${version}`,
            `kubectl -n ${service.namespace} describe service ${service.name}    # which pods and port APIService ${name} leads to`,
          ],
        },
      },
    ];
  },
});
