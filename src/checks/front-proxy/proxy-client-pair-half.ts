import { defineCheck } from '../../check.ts';
import { editFlag } from '../../distributions/fixes.ts';
import { everyUser } from '../../model.ts';
import { setMissing } from './set-missing.ts';

const pair = ['proxy-client-cert-file', 'proxy-client-key-file'] as const;

const keyBeside = (path: string) => path.replace(/\.crt$/, '.key').replace(/\.pem$/, '-key.pem');
const certificateBeside = (path: string) => path.replace(/\.key$/, '.crt').replace(/-key\.pem$/, '.pem');

export default defineCheck({
  id: 'proxy-client-pair-half',
  title: 'both flags of the front-proxy pair are set',
  severity: 'error',
  modes: ['F02'],
  scope: 'apiserver',
  needs: ['flags'],
  wants: ['distribution'],
  after: ['proxy-client-pair-missing'],
  causes: { signatures: ['anonymous'], symptoms: ['peer-proxy-unusable/without-pair', 'user-identity-wrong'] },
  explain: {
    looksAt: 'whether one of `--proxy-client-cert-file` and `--proxy-client-key-file` is set without the other',
    why: 'kube-apiserver ignores half a pair, and presents no client certificate to extension API servers.',
    kubernetes:
      'No error and no warning; kube-apiserver does not even open the named file. The APIServices become `False`, `bad status … 403`.',
    repair: 'Set the missing flag.',
    mirrors: 'kubernetes/kubernetes, cmd/kube-apiserver/app/aggregator.go, v1.37.2',
  },
  run({ flags, distribution }) {
    const [set, unset] = flags.byName[pair[0]]?.value ? [pair[0], pair[1]] : [pair[1], pair[0]];
    const one = flags.byName[set];
    if (!one?.value || flags.byName[unset]?.value) return [];
    const guess = set === pair[0] ? keyBeside(one.value) : certificateBeside(one.value);
    return [
      {
        message: `Aggregated APIs fail for ${everyUser}: kube-apiserver presents no client certificate to extension API servers, because \`--${unset}\` is not set, only \`--${set}\`.`,
        at: one.at,
        evidence: [`--${set}=${one.value}`, `--${unset} is ${flags.byName[unset] ? 'empty' : 'not set'}`],
        fix:
          guess === one.value
            ? editFlag(one.at, `Set --${unset} to the ${set === pair[0] ? 'key' : 'certificate'} that belongs to --${set}`, distribution)
            : setMissing(flags, undefined, distribution, { [unset]: guess }),
      },
    ];
  },
});
