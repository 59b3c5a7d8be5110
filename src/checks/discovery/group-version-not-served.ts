import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import type { ApiService, Fix } from '../../model.ts';
import { configurationOf } from '../../products/index.ts';
import type { Product } from '../../products/product.ts';
import { sh } from '../../sh.ts';

function adapterFix({ group, service: { namespace, name } }: ApiService, product: Product | null | undefined): Fix | null {
  const key = configurationOf(product, group);
  if (!key) return null;
  return {
    text: `A metrics adapter serves \`${group}\` only if its configuration has rules for it (prometheus-adapter: \`${key}\`). Add them and restart the adapter, or delete the APIService if nobody needs the group. Its configuration and its log:`,
    commands: [
      sh`kubectl -n ${namespace} get configmaps -o yaml | grep -n -i -e 'name:' -e rules`,
      sh`kubectl -n ${namespace} logs service/${name} --tail=50`,
    ],
  };
}

export default defineCheck({
  id: 'group-version-not-served',
  title: 'the extension API server serves the group version of the APIService',
  severity: 'error',
  modes: ['A19', 'D01', 'W13', 'V05'],
  scope: 'apiservice',
  hop: 'discovery',
  needs: ['apiService', 'failure', 'apiServices'],
  wants: ['product'],
  // Then the answer is not the extension API server's.
  after: ['service-selects-wrong-pods', 'wrong-server-answers'],
  causes: { signatures: ['not-found'] },
  explain: {
    looksAt: 'whether the extension API server returns 404 for /apis/GROUP/VERSION, and which other group versions use its Service',
    why: 'The extension API server answers but serves something else: another version after an upgrade, another group because of a typing error, or it is another server.',
    kubernetes: 'The APIService is `False`, `bad status … 404`; users get 404 until the condition follows, then 503.',
    repair:
      'Create an APIService for the version that the extension API server serves and delete this one. Or install a version that serves it.',
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ apiService, failure, apiServices, product }) {
    if (failure?.signature !== 'not-found' || failure.inTransition) return [];
    const { name, group, version, service } = apiService;
    const behind = `${service.namespace}/${service.name}`;
    const siblings = apiServices.filter((one) => one.service === behind && one.name !== name).map((one) => `${one.group}/${one.version}`);
    return [
      {
        message: `\`${group}/${version}\` fails for every user: the extension API server behind Service \`${behind}\` answers but does not serve it.`,
        at: { object: `APIService ${name}`, field: 'spec.version' },
        evidence: [
          `\`${failure.text}\``,
          ...(siblings.length > 0 ? [`other APIServices with the same Service: ${list(siblings, { most: 3 })}`] : []),
        ],
        fix: adapterFix(apiService, product) ?? {
          text: 'Find out from its image and log which group versions it serves, and create an APIService for the right one. This one cannot be renamed: delete it when the right one serves:',
          commands: [
            sh`kubectl -n ${service.namespace} get pods -o wide`,
            sh`kubectl -n ${service.namespace} logs service/${service.name} --tail=50`,
            sh`kubectl get apiservice ${name} -o yaml`,
          ],
        },
      },
    ];
  },
});
