import { defineCheck } from '../../check.ts';

export default defineCheck({
  id: 'apiservice-without-service',
  title: 'every APIService without a Service is served by kube-apiserver itself',
  severity: 'error',
  scope: 'cluster',
  needs: ['apiServices'],
  explain: {
    looksAt: 'APIServices without `spec.service` that kube-apiserver has not made itself, and what their group version answers',
    why: 'Without a Service an APIService means that kube-apiserver serves the group itself: it is always Available, and nobody serves it.',
    kubernetes: 'Available is True, `Local`: `Local APIServices are always available`; requests get 404 `404 page not found`.',
    repair: 'Name the Service in `spec.service`, or delete the APIService.',
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/local/local_available_controller.go, v0.37.2',
  },
  run({ apiServices }) {
    return apiServices
      .filter(({ service, served }) => service === null && served === false)
      .map(({ name, group, version }) => ({
        message: `\`${group}/${version}\` answers 404 to everybody though Available is True: \`${name}\` names no Service, and kube-apiserver does not serve this group itself.`,
        at: { object: `APIService ${name}`, field: 'spec.service' },
        evidence: ['it is `Local`, and no kube-apiserver has made it: it lacks the label `kube-aggregator.kubernetes.io/automanaged`'],
        fix: {
          text: 'Name the Service of the extension server, and its CA; where nothing is to serve this API, delete the APIService:',
          commands: [
            `kubectl patch apiservice ${name} --type merge -p "{\\"spec\\":{\\"service\\":{\\"namespace\\":\\"NAMESPACE\\",\\"name\\":\\"SERVICE\\"},\\"caBundle\\":\\"$(base64 -w0 CA.crt)\\"}}"`,
          ],
        },
      }));
  },
});
