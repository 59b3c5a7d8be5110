import { defineCheck } from '../../check.ts';
import { failureKinds } from '../../model.ts';
import { sh } from '../../sh.ts';

export default defineCheck({
  id: 'apiservice-in-transition',
  title: 'the condition Available and a real request agree',
  severity: 'info',
  modes: [],
  scope: 'apiservice',
  hop: 'discovery',
  needs: ['apiService', 'failure'],
  after: ['apiservice-flaps'],
  shows: failureKinds,
  judges: ['serving-certificate-probed'],
  aspects: ['rejects-user'],
  explain: {
    looksAt: 'the condition Available, compared with a GET of /apis/GROUP/VERSION at the same time',
    why: 'The condition lags by up to 36 s in both directions; a shorter difference is not a fault.',
    kubernetes: 'kube-apiserver probes every 30 s with a time-out of 6 s, then updates the condition.',
    repair: 'Check again in 40 s. A failure that the probe cannot see is reported immediately, as `apiservice-unavailable`.',
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ apiService, failure }) {
    if (!failure?.inTransition) return [];
    const { name, group, version, available } = apiService;
    const says =
      available?.status === 'True'
        ? 'a request fails while Available is True'
        : available
          ? `a request succeeds although Available was just ${available.status}`
          : 'it is new and has not been probed yet';
    return [
      {
        message: `\`${name}\` is in transition: ${says}.`,
        at: failure.at,
        evidence: [`\`${failure.text}\``],
        fix: {
          text: 'Check again in 40 s, when the condition has been updated. To see what users get in the meantime:',
          commands: [sh`sleep 40; aggctl doctor`, sh`kubectl get --raw /apis/${group}/${version}`],
        },
        shows: [failure.signature],
        ...(available?.status === 'True' && ['rejected', 'anonymous'].includes(failure.signature) && { aspect: 'rejects-user' }),
      },
    ];
  },
});
