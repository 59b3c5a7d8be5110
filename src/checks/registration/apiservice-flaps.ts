import { defineCheck } from '../../check.ts';
import { fromNow, list } from '../../format.ts';
import { anonymities, rejections } from '../../model.ts';
import { differences } from '../front-proxy/flag-differences.ts';

/** What can be wrong with one kube-apiserver alone, or with its share of the ConfigMap. */
const causes: readonly string[] = [...anonymities, ...rejections, 'front-proxy-client-key-weak', 'kube-apiservers-differ'];

export default defineCheck({
  id: 'apiservice-flaps',
  title: 'the APIService serves through every kube-apiserver',
  severity: 'error',
  scope: 'apiservice',
  hop: 'request',
  needs: ['now', 'apiService', 'division'],
  wants: ['flags'],
  explainedBy: causes,
  explain: {
    looksAt:
      'a GET of /apis/GROUP/VERSION at each address of Service default/kubernetes; where they disagree, three more times within about a second',
    why: 'A fault of one kube-apiserver of several comes and goes: users meet it by chance, and every tool that looks once says something else.',
    kubernetes:
      'Each kube-apiserver writes what it sees into the one condition Available, which flaps several times a second. Users of the bad one get 401, 403 or 503, never 200; users of the sound ones get 503 whenever the condition is False. The metric aggregator_unavailable_apiservice of each is steady.',
    repair: 'Repair the kube-apiserver that is named: its front-proxy files, its flags, or its way to the extension server.',
    mirrors:
      'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go and pkg/apiserver/handler_proxy.go, v0.37.2',
  },
  run({ now, apiService, division, flags = [] }) {
    if (!division) return [];
    const { serving, failing, explainedBy } = division;
    const names = failing.map(({ name }) => name);
    const apart = differences(flags).some(({ groups }) =>
      groups.some(({ nodes }) => nodes.some((node) => names.includes(node)) && !nodes.some((node) => serving.includes(node))),
    );
    return [
      {
        message: `\`${apiService.name}\` comes and goes: it serves through ${list(serving)} and never through ${list(names)}, and each kube-apiserver writes what it sees into the one condition.`,
        at: { probe: `GET /apis/${apiService.group}/${apiService.version} at each kube-apiserver` },
        evidence: [
          ...failing.map(({ name, text, meaning }) => `through ${name}: \`${text}\`, ${meaning}`),
          ...(apiService.available ? [`the condition was last changed ${fromNow(apiService.available.since, now)}`] : []),
        ],
        fix: {
          text: `On ${list(names)}: look at the front-proxy files and flags with \`sudo aggctl doctor\`, and whether the extension server can be reached from there.`,
        },
        effects: [`users of ${list(serving)} get 503 whenever the condition is False`],
        explainedBy: causes.filter((id) => explainedBy.includes(id) || (apart && id === 'kube-apiservers-differ')),
      },
    ];
  },
});
