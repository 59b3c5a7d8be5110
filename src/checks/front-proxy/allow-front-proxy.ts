/** How only the front proxy comes to be allowed under a CA that also signs users. */
import { fixFrontProxy } from '../../distributions/fix-front-proxy.ts';
import { editFlag } from '../../distributions/fixes.ts';
import { isFrontProxyName, usualFrontProxyName } from '../../distributions/front-proxy-name.ts';
import type { Certificate, Fix, FrontProxyRemedy, Place } from '../../model.ts';

const flag = 'requestheader-allowed-names';

/** Its name is set, if it is a name of the front proxy alone; else it gets a pair of its own first. */
export function allowFrontProxy(
  leaf: Certificate | undefined,
  remedy: FrontProxyRemedy | undefined,
  at: Place,
  distribution: string | null | undefined,
): Fix {
  const name = leaf?.commonName ?? usualFrontProxyName;
  if (isFrontProxyName(name)) return editFlag(at, `Set --${flag}=${name}`, distribution);
  return fixFrontProxy(remedy, distribution, 'another', { [flag]: remedy?.issue?.commonName ?? usualFrontProxyName });
}
