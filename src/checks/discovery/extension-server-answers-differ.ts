import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';

export default defineCheck({
  id: 'extension-server-answers-differ',
  title: 'the same question gets the same answer each time',
  severity: 'warning',
  scope: 'apiservice',
  hop: 'discovery',
  needs: ['apiService', 'discovery', 'repeated', 'division'],
  explain: {
    looksAt:
      'GET /apis/GROUP/VERSION, asked three times more within two seconds where it is named to check-apiservice, or where the first answer contradicts the condition',
    why: 'One bad replica of several fails a share of all requests and stays hidden: one good answer of five is enough for Available.',
    kubernetes: 'The probe makes five requests and takes the first good one. Users get now the one answer, now the other.',
    repair: 'Find the replica that fails, by its log or by asking each pod, and replace it.',
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ apiService: { name, group, version, service, available }, discovery, repeated, division }) {
    if (division || available?.status !== 'True') return [];
    const all = [discovery, ...repeated];
    const bad = all.filter(({ ok }) => !ok);
    if (bad.length === 0 || bad.length === all.length) return [];
    return [
      {
        message: `${bad.length} of ${all.length} requests for \`${group}/${version}\` fail, and the others succeed: one of the servers behind it does not serve, or all do now and then.`,
        at: { probe: `GET /apis/${group}/${version}` },
        evidence: [...new Set(bad.map(({ status, text }) => `\`${status} ${text}\``))],
        fix: {
          text: `Look at each pod behind \`${name}\`; during a rollout it passes by itself:`,
          commands: [
            `for i in $(seq 10); do kubectl get --raw /apis/${group}/${version} >/dev/null && echo ok; done`,
            `kubectl -n ${service.namespace} get endpointslices -l kubernetes.io/service-name=${service.name} -o wide`,
            `kubectl -n ${service.namespace} get pods -o wide`,
          ],
        },
        ...(bad.some(({ status }) => status < 500) && {
          effects: [`users get ${list([...new Set(bad.map(({ status }) => String(status)))])} for a share of their requests`],
        }),
      },
    ];
  },
});
