import { defineCheck } from '../../check.ts';
import { list, plural } from '../../format.ts';
import type { ApiService, Command, Differing } from '../../model.ts';
import { sh } from '../../sh.ts';

/** Which part of the requests fails, and whose fault it is where that is seen. */
const share = ({ broken, sound, failed, requests }: Differing): string =>
  broken.length > 0 && sound.length > 0
    ? `${broken.length} of the ${broken.length + sound.length} ready addresses behind its Service ${broken.length === 1 ? 'fails' : 'fail'}: ${list(
        broken.map(({ address }) => `\`${address}\``),
        { most: 3 },
      )}`
    : `${failed.length} of ${requests} equal requests fail, so one of the servers behind it is faulty, or all fail intermittently`;

/** The pods that fail; where no connection tells them, whatever is behind the Service. */
function look({ service: { namespace, name } }: ApiService, { broken, sound }: Differing): readonly Command[] {
  const slices = sh`kubectl -n ${namespace} get endpointslices -l kubernetes.io/service-name=${name} -o wide`;
  const pods = sound.length > 0 ? broken.flatMap(({ pod }) => pod ?? []).slice(0, 3) : [];
  if (pods.length === 0) return [slices, sh`kubectl -n ${namespace} logs service/${name} --all-pods --prefix --tail=20`];
  return pods.flatMap((pod) => [
    sh`kubectl -n ${namespace} describe pod ${pod}`,
    sh`kubectl -n ${namespace} logs ${pod} --all-containers --tail=50`,
  ]);
}

export default defineCheck({
  id: 'extension-server-answers-differ',
  title: 'every ready address behind the Service answers alike',
  severity: 'error',
  modes: ['S11'],
  scope: 'apiservice',
  hop: 'discovery',
  needs: ['apiService', 'differing'],
  explain: {
    looksAt:
      'GET /apis/GROUP/VERSION, repeated nine times if several addresses are ready and three times if the condition contradicts the first answer; and, on a control-plane node, a TLS handshake with each ready address',
    why: 'One faulty replica fails a share of all requests and stays hidden: one good answer of five is enough for Available.',
    kubernetes:
      'The probe sends five requests and accepts the first good answer. With `--enable-aggregator-routing` each request goes to any ready address; without it a connection stays with the server to which kube-proxy opened it.',
    repair: 'Find the replica that fails, from its log or by a request to each pod, and replace it.',
    mirrors:
      'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2; k8s.io/apiserver, pkg/util/proxy/proxy.go, v0.37.2',
  },
  run({ apiService, differing }) {
    if (!differing) return [];
    const { group, version } = apiService;
    const { failed, broken, sound } = differing;
    const statuses = [...new Set(failed.map(({ status }) => String(status)))];
    return [
      {
        message: `\`${group}/${version}\` fails for a share of the requests: ${share(differing)}.`,
        at: { probe: `GET /apis/${group}/${version}` },
        evidence: [
          ...broken.map(({ address, pod, text }) => `${address}${pod ? ` (pod ${pod})` : ''}: ${text}`),
          ...(broken.length > 0 && sound.length > 0 ? [`${list(sound, { most: 3 })}: TCP and TLS handshakes complete`] : []),
          ...new Set(failed.map(({ status, text }) => `\`${status} ${text}\``)),
          ...(failed.length > 0 && broken.length > 0 ? [`${failed.length} of ${plural(differing.requests, 'request')} failed`] : []),
        ],
        fix: {
          text: `Find out why ${sound.length > 0 && broken.length > 0 ? (broken.length === 1 ? 'this server fails' : 'these servers fail') : 'one of the servers fails'}, and replace its pod: delete it, and its controller makes another. During a rollout this ends by itself:`,
          commands: look(apiService, differing),
        },
        ...(statuses.length > 0 && { effects: [`users get ${list(statuses)} for a share of their requests`] }),
      },
    ];
  },
});
