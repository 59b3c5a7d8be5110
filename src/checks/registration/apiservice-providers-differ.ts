import { defineCheck } from '../../check.ts';
import { fromNow } from '../../format.ts';

export default defineCheck({
  id: 'apiservice-providers-differ',
  title: 'the Helm release that made the APIService chose its Service',
  severity: 'info',
  scope: 'apiservice',
  hop: 'registration',
  needs: ['now', 'apiService'],
  explain: {
    looksAt:
      "the annotation `meta.helm.sh/release-name` and the object's managedFields: that kubectl wrote `spec.service`, and not whoever wrote the annotation",
    why: 'A group version has one APIService. Of two products that serve it, such as two adapters of custom.metrics.k8s.io, the one that was applied last takes the API from the other, until the other is applied again.',
    kubernetes:
      'managedFields name for each field who set it as it is. An injector of caBundle, or the same release with another Service, does not change who wrote `spec.service`.',
    repair: 'Decide who is to serve the group version, and take the APIService out of what the other installs.',
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
        message: `\`${name}\` is made by Helm release \`${namespace}/${release}\`, and kubectl has pointed it to \`${service.namespace}/${service.name}\`: whichever is applied next takes \`${group}/${version}\` from the other.`,
        at: { object: `APIService ${name}`, field: 'spec.service' },
        evidence: [
          `field manager of spec.service: \`${pointing.name}\`, which wrote last ${fromNow(pointing.at, now)}`,
          `field manager of the annotation meta.helm.sh/release-name: \`${releasing.name}\``,
        ],
        fix: {
          text: 'See which Service each means; then take the APIService out of the manifests or the values of the one that is not to serve it:',
          commands: [
            `kubectl get apiservice ${name} -o yaml --show-managed-fields`,
            `helm -n ${namespace} get manifest ${release} | grep -A16 'kind: APIService'`,
          ],
        },
      },
    ];
  },
});
