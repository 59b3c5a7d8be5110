import { defineCheck } from '../check.ts';
import { list } from '../format.ts';
import { isOf, nameOf } from '../manifests/name.ts';
import { behind } from './behind.ts';

export default defineCheck({
  id: 'service-not-in-manifests',
  title: "the APIService's Service is in the manifests",
  severity: 'warning',
  modes: [],
  scope: 'apiservice',
  hop: 'Service',
  needs: ['apiService', 'manifests'],
  explain: {
    looksAt: 'in manifests: the Service in `spec.service`; where it is missing, the other Services',
    why: 'kube-apiserver finds an extension API server only by the namespace and name of its Service.',
    kubernetes:
      'If the Service does not exist, the APIService is `False`, `ServiceNotFound`; users get 503, and no namespace can finish deleting.',
    repair: 'Correct `spec.service`, or give aggctl the manifest of the Service as well.',
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ apiService, manifests }) {
    const { name, service } = apiService;
    if (service.name === '' || service.namespace === '' || behind(apiService, manifests)) return [];
    const services = manifests.filter((one) => isOf(one, '', 'Service'));
    const leads = (to: string) => (behind({ service: { ...service, name: to } }, manifests)?.workloads ?? []).length > 0;
    const alike = services.filter((one) => one.name === service.name || (one.namespace === service.namespace && leads(one.name)));
    return [
      {
        message: `\`${name}\` fails for every user unless Service \`${service.namespace}/${service.name}\` exists: it is not in these manifests.`,
        at: { object: `APIService ${name}`, field: 'spec.service' },
        evidence: alike.length > 0 ? [`in these manifests: ${list(alike.map(nameOf), { most: 3 })}`] : [],
        fix: {
          text: `If other manifests create the Service, check them together with these. Otherwise correct \`spec.service\` of \`${name}\`.`,
        },
        // Where nothing is alike, whoever holds the rest has the Service.
        ...(alike.length === 0 && { severity: 'info' as const }),
      },
    ];
  },
});
