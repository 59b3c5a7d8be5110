import { defineCheck } from '../../check.ts';
import { plural } from '../../format.ts';
import { settled } from '../registration/apiservice-owner.ts';

export default defineCheck({
  id: 'discovery-stale',
  title: 'kube-apiserver publishes the resources of the APIService',
  severity: 'warning',
  scope: 'apiservice',
  hop: 'discovery',
  needs: ['now', 'apiService', 'discovery', 'failure', 'publishedVersions'],
  explain: {
    looksAt: 'the freshness of the version in aggregated discovery (GET /apis), against what GET /apis/GROUP/VERSION gives a user',
    why: 'kubectl reads aggregated discovery alone: of a stale version it knows no resource, though requests work.',
    kubernetes:
      "kube-apiserver fetches it as system:kube-aggregator; from a server without aggregated discovery without any group, which then needs to let every user read discovery. After an outage it asks again within a minute, from 1.36 on after 0.5 s, doubling. kubectl says `the server doesn't have a resource type`.",
    repair:
      'Let the extension server answer its discovery to every authenticated user: bind system:discovery as Kubernetes does, or read why it refuses in its log.',
    mirrors: 'k8s.io/kube-aggregator, pkg/apiserver/handler_discovery.go, v0.37.2',
  },
  run({ now, apiService, discovery: { document }, failure, publishedVersions }) {
    const { group, version } = apiService;
    const published = publishedVersions?.find((one) => one.group === group && one.version === version);
    if (!published?.stale || failure || !document || !('resources' in document) || !settled(apiService, now)) return [];
    return [
      {
        message: `kubectl knows no resource of \`${group}/${version}\`, though requests work and Available is True: kube-apiserver's own look at its discovery failed.`,
        at: { probe: 'GET /apis (aggregated discovery)' },
        evidence: ['freshness: Stale', `GET /apis/${group}/${version} names ${plural(document.resources.length, 'resource')} to this user`],
        fix: {
          text: "Ask again after a minute: it is stale for that long after an outage. If it stays, the extension server refuses its discovery to system:kube-aggregator, who comes without groups, or is slow; its log and kube-apiserver's (`failed to download`) say which:",
          commands: [
            `sleep 60; kubectl api-resources --api-group=${group}`,
            'kubectl get clusterrolebinding system:discovery -o yaml    # system:authenticated must be bound',
          ],
        },
      },
    ];
  },
});
