import { defineCheck } from '../../check.ts';
import { sh } from '../../sh.ts';
import { setCaBundle } from './set-cabundle.ts';

export default defineCheck({
  id: 'apiservice-without-service',
  title: 'every APIService without a Service is served by kube-apiserver itself',
  severity: 'error',
  modes: ['A10'],
  scope: 'cluster',
  needs: ['apiServices'],
  explain: {
    looksAt: 'APIServices without `spec.service` that kube-apiserver did not create, and the answer of their group version',
    why: 'An APIService without a Service means that kube-apiserver serves the group itself. It is always Available, even if nothing serves it.',
    kubernetes: 'Available is True, `Local`: `Local APIServices are always available`; requests get 404 `404 page not found`.',
    repair: 'Name the Service in `spec.service`, or delete the APIService.',
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/local/local_available_controller.go, v0.37.2',
  },
  run({ apiServices }) {
    return apiServices
      .filter(({ service, served }) => service === null && served === false)
      .map(({ name, group, version }) => ({
        message: `\`${group}/${version}\` returns 404 to every user although Available is True: \`${name}\` names no Service, and kube-apiserver does not serve this group itself.`,
        at: { object: `APIService ${name}`, field: 'spec.service' },
        evidence: ['it is `Local`, and kube-apiserver did not create it: it lacks the label `kube-aggregator.kubernetes.io/automanaged`'],
        fix: {
          text: 'Set the Service of the extension API server (NAMESPACE and SERVICE in the command) and its CA (`CA.crt`). If nothing should serve this API, delete the APIService instead:',
          edits: {
            of: 'apiService',
            // The API takes any names for a Service: the first command fails where there is none.
            commands: [
              sh`kubectl -n NAMESPACE get service SERVICE && ${{ command: setCaBundle(name, { service: { namespace: 'NAMESPACE', name: 'SERVICE' } }) }}`,
            ],
          },
        },
      }));
  },
});
