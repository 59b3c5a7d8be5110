import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { sh } from '../../sh.ts';
import { settled } from '../registration/apiservice-owner.ts';

/** Autoscalers request these by path; custom-metrics-apiserver (v1.37.0) serves them although its aggregated discovery is always empty. */
const byPath: readonly string[] = ['custom.metrics.k8s.io', 'external.metrics.k8s.io'];

export default defineCheck({
  id: 'aggregated-discovery-empty',
  title: "aggregated discovery contains the extension API server's resources",
  severity: 'error',
  modes: ['D05'],
  scope: 'apiservice',
  hop: 'discovery',
  needs: ['now', 'apiService', 'discovery', 'publishedVersions'],
  explain: {
    looksAt: 'the resources of the version in aggregated discovery (GET /apis), compared with GET /apis/GROUP/VERSION',
    why: 'A server that offers aggregated discovery without its own version hides its resources from kubectl 1.27 and later.',
    kubernetes:
      "The version is published without resources, as Current; Available is True. kubectl says `the server doesn't have a resource type`.",
    repair: 'Fix or turn off aggregated discovery in the extension API server: without it kube-apiserver reads /apis/GROUP/VERSION.',
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
        message: `kubectl finds no resource of \`${group}/${version}\`, although requests work: the extension API server omits them from its aggregated discovery.`,
        at: { probe: 'GET /apis (aggregated discovery)' },
        evidence: [
          `/apis/${group}/${version} lists ${list(
            resources.map(({ name }) => name),
            { most: 3 },
          )}; aggregated discovery lists none and is Current`,
        ],
        fix: {
          text: 'Let the extension API server include its version in /apis, or not offer aggregated discovery at all (answer 406): kube-apiserver then reads the version directly. To see its image and log:',
          commands: [
            sh`kubectl -n ${service.namespace} get pods -o wide`,
            sh`kubectl -n ${service.namespace} logs service/${service.name} --tail=50`,
          ],
        },
      },
    ];
  },
});
