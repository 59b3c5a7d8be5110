import { defineCheck } from '../../check.ts';
import { fromNow } from '../../format.ts';
import { failureKinds } from '../../model.ts';
import { sh } from '../../sh.ts';

export default defineCheck({
  id: 'apiservice-in-transition',
  title: 'the condition Available and a real request agree',
  severity: 'info',
  modes: [],
  scope: 'apiservice',
  hop: 'discovery',
  needs: ['now', 'apiService', 'failure'],
  after: ['apiservice-flaps'],
  shows: failureKinds,
  judges: ['serving-certificate-probed'],
  aspects: ['rejects-user'],
  explain: {
    looksAt:
      'the condition Available, compared with a GET of /apis/GROUP/VERSION and, on a control-plane node, with connections to each ready address',
    why: 'The condition lags by up to 36 s in both directions; a shorter difference is not a fault.',
    kubernetes:
      'kube-apiserver probes every 30 s with a time-out of 6 s, then updates the condition. While it is False, every request gets 503 `service unavailable`.',
    repair: 'Check again in 40 s. A failure of every request is reported immediately, as `apiservice-unavailable`.',
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ now, apiService, failure }) {
    if (!failure?.inTransition) return [];
    const { name, group, version, available } = apiService;
    if (failure.mended && available)
      return [
        {
          severity: 'warning',
          message: `\`${name}\` is in transition: its extension API server can be reached on every ready address, and Available is still ${available.status}.`,
          at: failure.at,
          evidence: [
            `\`${failure.text}\``,
            `the condition was last changed ${fromNow(available.since, now)}, and is stale: from this node TCP and TLS handshakes complete with each address`,
          ],
          fix: {
            text: 'Wait until kube-apiserver probes again, within 40 s; until then users get 503. If Available is still False then, another kube-apiserver, whose node cannot reach the extension API server, writes it:',
            commands: [sh`sleep 40; aggctl check-apiservice ${name}`],
          },
          shows: [failure.signature],
        },
      ];
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
