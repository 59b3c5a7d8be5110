import { defineCheck } from '../../check.ts';
import { orAsk } from '../../distributions/provider.ts';
import { list } from '../../format.ts';
import { sh } from '../../sh.ts';
import { refused } from './refused-requests.ts';

export default defineCheck({
  id: 'user-identity-wrong',
  title: "extension API servers see each user's real name",
  severity: 'error',
  modes: ['H03'],
  scope: 'cluster',
  needs: ['identity', 'userRequest'],
  wants: ['provider'],
  explain: {
    looksAt: 'the user that an extension API server names in a 403, for a GET of one nonexistent object',
    why: 'All users are the same user there: rights granted to that name are granted to everyone.',
    kubernetes:
      "The front-proxy certificate is accepted as an ordinary client certificate of the client CA: Available stays True, discovery works, and every other request is rejected for the certificate's name.",
    repair: 'Give kube-apiserver a certificate issued by the front-proxy CA. Never grant rights to its name.',
    mirrors: 'k8s.io/apiserver, pkg/authentication/request/headerrequest/requestheader.go and pkg/authentication/request/x509, v0.37.2',
  },
  run({ identity, userRequest, provider }) {
    const others = refused(userRequest).filter(({ seenAs }) => seenAs !== null && seenAs !== identity.user);
    const [first] = others;
    if (!first) return [];
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
          {
            text: 'Check the front-proxy pair on each control-plane node: the client CA signed its certificate. Grant no rights to that name, because every user would get them:',
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
