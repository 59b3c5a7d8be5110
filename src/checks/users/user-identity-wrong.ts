import { defineCheck } from '../../check.ts';
import { orAsk } from '../../distributions/provider.ts';
import { list } from '../../format.ts';
import { sh } from '../../sh.ts';
import { unseenNodes } from '../front-proxy/unseen-nodes.ts';
import { refused } from './refused-requests.ts';

export default defineCheck({
  id: 'user-identity-wrong',
  title: "extension API servers see each user's real name",
  severity: 'error',
  modes: ['H03'],
  scope: 'cluster',
  needs: ['identity', 'userRequest'],
  wants: ['provider', 'proxyClientCert'],
  causes: { symptoms: ['autoscaler-not-authorized/identity'] },
  explain: {
    looksAt: 'the user that an extension API server names in a 403, for a GET of one nonexistent object',
    why: 'All users are the same user there: rights granted to that name are granted to everyone.',
    kubernetes:
      "The front-proxy certificate is accepted as an ordinary client certificate of the client CA: Available stays True, discovery works, and every other request is rejected for the certificate's name.",
    repair: 'Give kube-apiserver a certificate issued by the front-proxy CA. Never grant rights to its name.',
    mirrors: 'k8s.io/apiserver, pkg/authentication/request/headerrequest/requestheader.go and pkg/authentication/request/x509, v0.37.2',
  },
  run({ identity, userRequest, provider, proxyClientCert }) {
    const others = refused(userRequest).filter(({ seenAs }) => seenAs !== null && seenAs !== identity.user);
    const [first] = others;
    if (!first) return [];
    const unseen = unseenNodes(proxyClientCert, 'each control-plane node');
    const noRights = 'Grant no rights to that name, because every user would get them';
    return [
      {
        message: `Extension API servers see every user as \`${first.seenAs}\`: ${list(
          others.map(({ apiService }) => `\`${apiService}\``),
          { most: 3 },
        )} ${others.length === 1 ? 'rejects' : 'reject'} \`${identity.user}\` under that name.`,
        at: { probe: `GET ${first.request.path}` },
        evidence: [`403 \`${first.request.text}\``],
        fix: orAsk(
          provider,
          unseen === null
            ? {
                text: `aggctl sees the front-proxy pair of every control-plane node. If it reports no fault of the pair, look at the extension API server: a copy of the ConfigMap that it read before it had its requestheader keys, its own \`--requestheader-*\` arguments, or a proxy before it. ${noRights}:`,
                commands: [
                  sh`kubectl -n kube-system get configmap extension-apiserver-authentication -o yaml`,
                  sh`kubectl get apiservice ${first.apiService} -o jsonpath='{.spec.service}'`,
                ],
              }
            : {
                text: `Check the front-proxy pair on ${unseen}: the client CA signed its certificate. ${noRights}:`,
                commands: [sh`sudo aggctl doctor`],
              },
          {
            to: `have it present a front-proxy certificate that extension API servers accept. Grant no rights to \`${first.seenAs}\`, because every user would get them`,
            commands: [sh`kubectl get --raw ${first.request.path}`],
          },
        ),
      },
    ];
  },
});
