import { defineCheck } from '../../check.ts';
import { plural } from '../../format.ts';
import { sh } from '../../sh.ts';
import { settled } from '../registration/apiservice-owner.ts';

export default defineCheck({
  id: 'discovery-stale',
  title: 'kube-apiserver publishes the resources of the APIService',
  severity: 'warning',
  modes: ['D04', 'D16'],
  scope: 'apiservice',
  hop: 'discovery',
  needs: ['now', 'apiService', 'discovery', 'failure', 'publishedVersions'],
  explain: {
    looksAt: 'the freshness of the version in aggregated discovery (GET /apis), compared with GET /apis/GROUP/VERSION as a user',
    why: 'kubectl reads only aggregated discovery: it finds no resource of a stale version, although requests work.',
    kubernetes:
      "kube-apiserver fetches discovery as system:kube-aggregator. From a server without aggregated discovery it does so without any group, so that server must let every user read discovery. After an outage it retries within a minute, from 1.36 on after 0.5 s with doubling delays. kubectl says `the server doesn't have a resource type`.",
    repair:
      'Let the extension API server return its discovery to every authenticated user: bind system:discovery as Kubernetes does, or find the reason for the rejection in its log.',
    mirrors: 'k8s.io/kube-aggregator, pkg/apiserver/handler_discovery.go, v0.37.2',
  },
  run({ now, apiService, discovery: { document }, failure, publishedVersions }) {
    const { group, version } = apiService;
    const stale = publishedVersions?.some((one) => one.stale && one.group === group && one.version === version);
    if (!stale || failure || !document || !('resources' in document) || !settled(apiService, now)) return [];
    return [
      {
        message: `kubectl finds no resource of \`${group}/${version}\`, although requests work and Available is True: kube-apiserver could not fetch its discovery.`,
        at: { probe: 'GET /apis (aggregated discovery)' },
        evidence: [
          'freshness: Stale',
          `GET /apis/${group}/${version} lists ${plural(document.resources.length, 'resource')} for this user`,
        ],
        fix: {
          text: "Check again after a minute: discovery stays stale for that long after an outage. If it remains stale, the extension API server is slow, or rejects system:kube-aggregator, which has no groups. Its log and kube-apiserver's (`failed to download`) show which:",
          commands: [
            sh`sleep 60; kubectl api-resources --api-group=${group}`,
            sh`kubectl get clusterrolebinding system:discovery -o yaml    # system:authenticated must be bound`,
          ],
        },
      },
    ];
  },
});
