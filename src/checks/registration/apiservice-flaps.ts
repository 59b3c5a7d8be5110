import { defineCheck } from '../../check.ts';
import { orAsk } from '../../distributions/provider.ts';
import { fromNow, list } from '../../format.ts';
import type { FailureKind } from '../../model.ts';
import { differences } from '../front-proxy/flag-differences.ts';

/** Faults of a single kube-apiserver, or of its part of the ConfigMap. */
const ofOne: readonly FailureKind[] = ['rejected', 'anonymous', 'weak-client-key'];

export default defineCheck({
  id: 'apiservice-flaps',
  title: 'the APIService serves through every kube-apiserver',
  severity: 'error',
  modes: ['P16', 'G02', 'G03'],
  scope: 'apiservice',
  hop: 'request',
  needs: ['now', 'apiService', 'disagreement'],
  wants: ['flags', 'provider', 'proxyClientCert'],
  shows: ofOne,
  aspects: ['flags-differ'],
  explain: {
    looksAt:
      'a GET of /apis/GROUP/VERSION at each address of Service default/kubernetes; where they disagree, three more times within about a second',
    why: 'A fault in one of several kube-apiservers is intermittent: users hit it by chance, and every tool that checks only once reports something different.',
    kubernetes:
      'All kube-apiservers write their own result into the same condition Available, which flips several times a second. Users of the faulty one get 401, 403 or 503, never 200. Users of the healthy ones get 503 whenever the condition is False. The metric aggregator_unavailable_apiservice of each kube-apiserver is steady.',
    repair: 'Fix the kube-apiserver that is named: its front-proxy files, its flags, or its network path to the extension API server.',
    mirrors:
      'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go and pkg/apiserver/handler_proxy.go, v0.37.2',
  },
  run({ now, apiService, disagreement, flags = [], provider, proxyClientCert = [] }) {
    if (!disagreement) return [];
    const { serving, failing } = disagreement;
    const names = failing.map(({ name }) => name);
    const seen = proxyClientCert.filter(({ observed }) => observed.ok).map(({ subject }) => subject.name);
    const unseen = names.filter((name) => !seen.includes(name));
    const apart = differences(flags).some(({ groups }) =>
      groups.some(({ nodes }) => nodes.some((node) => names.includes(node)) && !nodes.some((node) => serving.includes(node))),
    );
    return [
      {
        message: `\`${apiService.name}\` flips between True and False: it serves through ${list(serving)} and never through ${list(names)}, and all kube-apiservers write to the same condition.`,
        at: { probe: `GET /apis/${apiService.group}/${apiService.version} at each kube-apiserver` },
        evidence: [
          ...failing.map(({ name, text, meaning }) => `through ${name}: \`${text}\`, ${meaning}`),
          ...(apiService.available ? [`the condition was last changed ${fromNow(apiService.available.since, now)}`] : []),
        ],
        fix: orAsk(
          provider,
          {
            text: `On ${list(names)}, ${unseen.length === 0 ? 'whose front-proxy files and flags aggctl sees,' : `check the front-proxy files and flags with \`sudo aggctl doctor\`${unseen.length < names.length ? ` (${list(unseen)})` : ''}, and`} check that the extension API server can be reached from there.`,
          },
          { to: `check the kube-apiserver at ${list(names)}` },
        ),
        effects: [`users of ${list(serving)} get 503 whenever the condition is False`],
        shows: ofOne.filter((kind) => failing.some(({ signature }) => signature === kind)),
        ...(apart && { aspect: 'flags-differ' }),
      },
    ];
  },
});
