import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { refused } from './refused-requests.ts';

export default defineCheck({
  id: 'user-identity-wrong',
  title: 'extension servers see each user under the own name',
  severity: 'error',
  scope: 'cluster',
  needs: ['identity', 'userRequest'],
  explainedBy: [
    'front-proxy-client-wrong-identity',
    'front-proxy-client-not-signed-by-requestheader-ca',
    'allowed-names-exclude-cn',
    'configmap-ca-not-signer',
    'configmap-names-exclude-cn',
    'proxy-client-pair-missing',
    'proxy-client-pair-half',
  ],
  explain: {
    looksAt: 'whom a 403 of an extension server names, in a GET of one object that does not exist',
    why: 'Everybody is one and the same user there: rights that are granted to that name are granted to all.',
    kubernetes:
      "The certificate of the front proxy is taken for that of an ordinary client, which the client CA vouches for: Available stays True, discovery works, and every other request is refused with the certificate's name.",
    repair: 'Give kube-apiserver a front-proxy certificate of the front-proxy CA. Never grant rights to its name.',
    mirrors: 'k8s.io/apiserver, pkg/authentication/request/headerrequest/requestheader.go and pkg/authentication/request/x509, v0.37.2',
  },
  run({ identity, userRequest }) {
    const others = refused(userRequest).filter(({ seenAs }) => seenAs !== null && seenAs !== identity.user);
    const [first] = others;
    if (!first) return [];
    return [
      {
        message: `Extension servers take every user for \`${first.seenAs}\`: ${list(
          others.map(({ apiService }) => `\`${apiService}\``),
          { most: 3 },
        )} ${others.length === 1 ? 'refuses' : 'refuse'} \`${identity.user}\` under that name.`,
        at: { probe: `GET ${first.request.path}` },
        evidence: [`403 \`${first.request.text}\``],
        fix: {
          text: 'Look at the front-proxy pair on each control-plane node: its certificate is signed by the CA of ordinary clients. Grant nothing to that name, for everybody would have it:',
          commands: ['sudo aggctl doctor'],
        },
      },
    ];
  },
});
