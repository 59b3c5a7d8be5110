import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';

export default defineCheck({
  id: 'group-version-not-served',
  title: 'the extension server serves the group version of the APIService',
  severity: 'error',
  scope: 'apiservice',
  hop: 'discovery',
  needs: ['apiService', 'failure', 'apiServices'],
  explain: {
    looksAt: 'whether the extension server answers /apis/GROUP/VERSION with 404, and which other versions of the group its Service serves',
    why: 'The extension server is there and serves something else: another version since an upgrade, another group by a typing error, or it is another server.',
    kubernetes: 'The APIService is `False`, `bad status … 404`; users get 404 until the condition follows, then 503.',
    repair:
      'Make an APIService for the version that the extension server serves, and delete this one; or install the version that serves it.',
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ apiService: { name, group, version, service }, failure, apiServices }) {
    if (failure?.signature !== 'not-found' || failure.inTransition) return [];
    const behind = `${service.namespace}/${service.name}`;
    const siblings = apiServices.filter((one) => one.service === behind && one.name !== name).map((one) => `${one.group}/${one.version}`);
    return [
      {
        message: `\`${group}/${version}\` fails for every user: the extension server behind Service \`${behind}\` answers, and does not serve it.`,
        at: { object: `APIService ${name}`, field: 'spec.version' },
        evidence: [`\`${failure.text}\``, ...(siblings.length > 0 ? [`the same Service is to serve ${list(siblings, { most: 3 })}`] : [])],
        fix: {
          text: 'See by its image and log which group versions it serves, and make the APIService of that one; the name of this one cannot be changed, so delete it once the right one serves:',
          commands: [
            `kubectl -n ${service.namespace} get pods -o wide`,
            `kubectl -n ${service.namespace} logs service/${service.name} --tail=50`,
            `kubectl get apiservice ${name} -o yaml`,
          ],
        },
      },
    ];
  },
});
