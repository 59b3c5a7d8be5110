import { defineCheck } from '../../check.ts';
import { everyUser } from '../../model.ts';
import { setMissing } from './set-missing.ts';

const flagNames = ['proxy-client-cert-file', 'proxy-client-key-file'] as const;

export default defineCheck({
  id: 'proxy-client-pair-missing',
  title: 'kube-apiserver has a client certificate for extension API servers',
  severity: 'error',
  modes: ['F01'],
  scope: 'apiserver',
  needs: ['flags'],
  wants: ['distribution', 'frontProxyRemedy'],
  causes: { signatures: ['anonymous'], symptoms: ['peer-proxy-unusable/without-pair', 'user-identity-wrong'] },
  explain: {
    looksAt: 'the flags `--proxy-client-cert-file` and `--proxy-client-key-file`',
    why: 'Without the pair, kube-apiserver presents no client certificate, so extension API servers cannot know that it may act for users.',
    kubernetes:
      'kube-apiserver starts without a warning. The APIServices become `False`, `bad status … 403`, because every request counts as `system:anonymous`; `/readyz?verbose` lacks `aggregator-reload-proxy-client-cert`.',
    repair: 'Set both flags to a client certificate of the front-proxy CA and its key.',
    mirrors: 'kubernetes/kubernetes, cmd/kube-apiserver/app/aggregator.go, v1.37.2',
  },
  run({ flags, distribution, frontProxyRemedy }) {
    if (flagNames.some((name) => flags.byName[name]?.value)) return [];
    return [
      {
        message: `Aggregated APIs fail for ${everyUser}: kube-apiserver presents no client certificate to extension API servers, because neither \`--proxy-client-cert-file\` nor \`--proxy-client-key-file\` is set.`,
        at: flags.at,
        evidence: ['extension API servers treat each request as `system:anonymous` and answer 403'],
        fix: setMissing(flags, frontProxyRemedy, distribution),
      },
    ];
  },
});
