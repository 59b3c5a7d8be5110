import { defineCheck } from '../../check.ts';
import { outages } from '../../model.ts';

export default defineCheck({
  id: 'apiservice-in-transition',
  title: 'the condition Available and a real request agree',
  severity: 'info',
  scope: 'apiservice',
  hop: 'discovery',
  needs: ['apiService', 'failure'],
  after: ['apiservice-flaps'],
  explainedBy: outages,
  explain: {
    looksAt: 'the condition Available against a GET of /apis/GROUP/VERSION at the same moment',
    why: 'The condition follows what happens by up to 36 s, in both directions; a difference that is younger is no fault.',
    kubernetes: 'kube-apiserver probes every 30 s with a limit of 6 s, and writes the condition then.',
    repair: 'Ask again in 40 s. An answer that the probe cannot see is a fault at once: it is reported as `apiservice-unavailable`.',
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ apiService, failure }) {
    if (!failure?.inTransition) return [];
    const { name, group, version, available } = apiService;
    const says =
      available?.status === 'True'
        ? 'a request fails while Available is True'
        : available
          ? `a request succeeds though Available was ${available.status} a moment before`
          : 'it is new, and nothing has judged it yet';
    return [
      {
        message: `\`${name}\` is in transition: ${says}.`,
        at: failure.at,
        evidence: [`\`${failure.text}\``],
        fix: {
          text: 'Ask again in 40 s: the condition follows within that time. What users get meanwhile:',
          commands: ['sleep 40; aggctl doctor', `kubectl get --raw /apis/${group}/${version}`],
        },
        explainedBy: [...failure.explainedBy, 'extension-server-answers-differ'],
      },
    ];
  },
});
