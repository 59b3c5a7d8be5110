import { defineCheck } from '../../check.ts';
import { fromNow } from '../../format.ts';
import { sh } from '../../sh.ts';

export default defineCheck({
  id: 'apiservice-providers-differ',
  title: 'the Helm release that created the APIService also set its Service',
  severity: 'info',
  modes: ['A16'],
  scope: 'apiservice',
  hop: 'registration',
  needs: ['now', 'apiService'],
  explain: {
    looksAt:
      "the annotation `meta.helm.sh/release-name` and the object's managedFields: whether kubectl wrote `spec.service` instead of the manager that wrote the annotation",
    why: 'A group version has one APIService. When two products serve it, such as two adapters for custom.metrics.k8s.io, the one applied last takes the API from the other until the other is applied again.',
    kubernetes:
      'managedFields record who set each field. A caBundle injector, or the same release with another Service, does not change who wrote `spec.service`.',
    repair: 'Decide which product serves the group version, and remove the APIService from the manifests of the other.',
    mirrors: 'k8s.io/apimachinery, pkg/util/managedfields, v0.37.2',
  },
  run({ now, apiService: { name, group, version, service, annotations, managers } }) {
    const release = annotations['meta.helm.sh/release-name'];
    const [pointing] = managers.service;
    const [releasing] = managers.release;
    if (!release || !pointing || !releasing) return [];
    // Of Helm's own programs, and of those that call it, several may write one object; what Helm adopts was kubectl's before.
    const byKubectl = managers.service.every((one) => one.name.startsWith('kubectl'));
    if (!byKubectl || !/helm/i.test(releasing.name) || pointing.at <= releasing.at) return [];
    const namespace = annotations['meta.helm.sh/release-namespace'] ?? '';
    return [
      {
        message: `\`${name}\` was created by Helm release \`${namespace}/${release}\`, but kubectl points it to \`${service.namespace}/${service.name}\`: whichever is applied next takes \`${group}/${version}\` from the other.`,
        at: { object: `APIService ${name}`, field: 'spec.service' },
        evidence: [
          `field manager of spec.service: \`${pointing.name}\`, which wrote last ${fromNow(pointing.at, now)}`,
          `field manager of the annotation meta.helm.sh/release-name: \`${releasing.name}\``,
        ],
        fix: {
          text: 'Compare the Services that both name. Then remove the APIService from the manifests or values of the product that should not serve it:',
          commands: [
            sh`kubectl get apiservice ${name} -o yaml --show-managed-fields`,
            sh`helm -n ${namespace} get manifest ${release} | grep -A16 'kind: APIService'`,
          ],
        },
      },
    ];
  },
});
