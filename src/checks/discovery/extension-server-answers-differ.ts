import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { sh } from '../../sh.ts';

export default defineCheck({
  id: 'extension-server-answers-differ',
  title: 'repeated requests get the same answer',
  severity: 'warning',
  modes: ['S11'],
  scope: 'apiservice',
  hop: 'discovery',
  needs: ['apiService', 'discovery', 'repeated', 'disagreement'],
  causes: { symptoms: ['apiservice-in-transition'] },
  explain: {
    looksAt:
      'GET /apis/GROUP/VERSION, repeated three times within two seconds if check-apiservice names the APIService or if the first answer contradicts the condition',
    why: 'One faulty replica fails a share of all requests and stays hidden: one good answer of five is enough for Available.',
    kubernetes: 'The probe sends five requests and accepts the first good answer. Users get varying answers.',
    repair: 'Find the replica that fails, from its log or by a request to each pod, and replace it.',
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ apiService: { name, group, version, service, available }, discovery, repeated, disagreement }) {
    if (disagreement || available?.status !== 'True') return [];
    const all = [discovery, ...repeated];
    const bad = all.filter(({ ok }) => !ok);
    if (bad.length === 0 || bad.length === all.length) return [];
    return [
      {
        message: `${bad.length} of ${all.length} requests for \`${group}/${version}\` fail and the others succeed: one of the servers behind it is faulty, or all fail intermittently.`,
        at: { probe: `GET /apis/${group}/${version}` },
        evidence: [...new Set(bad.map(({ status, text }) => `\`${status} ${text}\``))],
        fix: {
          text: `Check each pod behind \`${name}\`. During a rollout this ends by itself:`,
          commands: [
            sh`for i in $(seq 10); do kubectl get --raw /apis/${group}/${version} >/dev/null && echo ok; done`,
            sh`kubectl -n ${service.namespace} get endpointslices -l kubernetes.io/service-name=${service.name} -o wide`,
            sh`kubectl -n ${service.namespace} get pods -o wide`,
          ],
        },
        ...(bad.some(({ status }) => status < 500) && {
          effects: [`users get ${list([...new Set(bad.map(({ status }) => String(status)))])} for a share of their requests`],
        }),
      },
    ];
  },
});
