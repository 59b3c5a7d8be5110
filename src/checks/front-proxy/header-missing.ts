/** A list of request headers that must contain the one that kube-apiserver always sends. */

import { defineCheck } from '../../check.ts';
import type { AnyCheck, Causes, Explain } from '../../model.ts';
import { hidden, unread } from '../auth-configmap/configmap-union.ts';
import { setMissing } from './set-missing.ts';

interface Header {
  readonly id: string;
  readonly title: string;
  readonly modes: readonly string[];
  readonly flag: string;
  readonly header: string;
  /** Where the ConfigMap publishes the list. */
  readonly causes: Causes;
  readonly published: 'usernameHeaders' | 'groupHeaders';
  readonly explain: Pick<Explain, 'why' | 'kubernetes'>;
  /** The message up to its cause; masked: the ConfigMap still contains the header. */
  readonly consequence: (masked: boolean) => string;
  readonly evidence: (masked: boolean) => string;
}

/** The check of one such flag. */
export const headerMissing = ({
  id,
  title,
  modes,
  flag: name,
  header,
  causes,
  published,
  explain,
  consequence,
  evidence,
}: Header): AnyCheck =>
  defineCheck({
    id,
    title,
    severity: 'error',
    modes,
    scope: 'apiserver',
    needs: ['flags'],
    wants: ['distribution', 'authConfigMap'],
    after: ['requestheader-value-empty', 'proxy-client-pair-missing', 'requestheader-ca-missing'],
    causes,
    explain: {
      ...explain,
      looksAt: `whether \`--${name}\` contains ${header}`,
      repair: `Set \`--${name}=${header}\` on every control-plane node.`,
      mirrors:
        'k8s.io/client-go, transport/round_trippers.go (SetAuthProxyHeaders), v0.37.2; k8s.io/apiserver, pkg/authentication/request/headerrequest/requestheader.go, v0.37.2',
    },
    run({ flags, authConfigMap, distribution }) {
      const standard = (headers: readonly string[]) => headers.some((one) => one.toLowerCase() === header.toLowerCase());
      const flag = flags.byName[name];
      if (standard(flag?.list ?? [])) return [];
      const inConfigMap = authConfigMap?.[published];
      const masked = standard(inConfigMap ?? []);
      return [
        {
          message: `${consequence(masked)} \`--${name}\` ${flag?.list.length ? `is \`${flag.value}\`, without ${header}` : 'is not set'}.`,
          at: flag?.at ?? flags.at,
          evidence: [
            evidence(masked),
            ...(inConfigMap ? [`the ConfigMap contains ${JSON.stringify(inConfigMap)}`] : unread(authConfigMap)),
          ],
          fix: setMissing(flags, undefined, distribution, { [name]: header }),
          ...hidden(masked),
        },
      ];
    },
  });
