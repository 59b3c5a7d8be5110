import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { settled } from '../registration/apiservice-owner.ts';

/** Autoscalers ask these by path; custom-metrics-apiserver (v1.37.0) serves them beside its aggregated discovery, which is empty for everybody. */
const byPath: readonly string[] = ['custom.metrics.k8s.io', 'external.metrics.k8s.io'];

export default defineCheck({
  id: 'aggregated-discovery-empty',
  title: 'the extension server tells the same resources in aggregated discovery',
  severity: 'error',
  scope: 'apiservice',
  hop: 'discovery',
  needs: ['now', 'apiService', 'discovery', 'publishedVersions'],
  explain: {
    looksAt: 'the resources of the version in aggregated discovery (GET /apis), against those of GET /apis/GROUP/VERSION',
    why: 'A server that offers aggregated discovery and leaves its own version out hides its resources from kubectl 1.27 and newer.',
    kubernetes:
      "The version is published without resources, as Current; Available is True. kubectl says `the server doesn't have a resource type`.",
    repair: 'Repair or turn off aggregated discovery in the extension server: without it kube-apiserver reads /apis/GROUP/VERSION.',
    mirrors: 'k8s.io/kube-aggregator, pkg/apiserver/handler_discovery.go (fetchFreshDiscoveryForService), v0.37.2',
  },
  run({ now, apiService, discovery: { document }, publishedVersions }) {
    const { group, version, service } = apiService;
    if (byPath.includes(group)) return [];
    const published = publishedVersions?.find((one) => one.group === group && one.version === version);
    const resources = document && 'resources' in document ? document.resources.filter(({ name }) => !name.includes('/')) : [];
    if (!published || published.stale || published.resources.length > 0 || resources.length === 0 || !settled(apiService, now)) return [];
    return [
      {
        message: `kubectl knows no resource of \`${group}/${version}\`, though requests work: the extension server leaves them out of its aggregated discovery.`,
        at: { probe: 'GET /apis (aggregated discovery)' },
        evidence: [
          `/apis/${group}/${version} names ${list(
            resources.map(({ name }) => name),
            { most: 3 },
          )}; aggregated discovery none, and is Current`,
        ],
        fix: {
          text: 'Have the extension server tell its version in /apis too, or not offer aggregated discovery at all (answer 406): kube-apiserver then reads the version itself. See its version and its log:',
          commands: [
            `kubectl -n ${service.namespace} get pods -o wide`,
            `kubectl -n ${service.namespace} logs service/${service.name} --tail=50`,
          ],
        },
      },
    ];
  },
});
