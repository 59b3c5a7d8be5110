/** The remedy for a front proxy, as sentences and commands. Pure. */
import { list } from '../format.ts';
import type { Fix, FrontProxyIssue, FrontProxyRemedy } from '../model.ts';
import { sh } from '../sh.ts';
import * as byHand from './by-hand.ts';
import { editFlag, renewFrontProxy } from './fixes.ts';
import { type DistributionName, named } from './places.ts';

/** What is wanted of a pair: one that works, a later end, or another one, whatever the present one is worth. */
type Want = 'working' | 'later' | 'another';

/**
 * How the front proxy is put right: a new pair if one is needed, then all flags at once, because each edit restarts kube-apiserver. `also`
 * are flags to set once a new pair is there.
 */
export function fixFrontProxy(
  remedy: FrontProxyRemedy | undefined,
  distribution: DistributionName,
  want: Want = 'working',
  also: FrontProxyRemedy['set'] = {},
): Fix {
  if (!remedy) return renewFrontProxy(distribution);
  const { issue } = remedy;
  const wrong = { ...remedy.set, ...also };
  if (!issue || (remedy.works && want === 'working' && hasAny(wrong))) return setFlags(remedy, wrong, distribution);
  const issued = issueFix(issue, want !== 'another', distribution);
  // Flags must not name a pair that cannot be issued here.
  if (['absent', 'other', 'unfit'].includes(issue.caKey.is)) return issued;
  const flags = { ...wrong, ...issue.set };
  if (!hasAny(flags)) return issued;
  return issued.commands ? inTurn(issued, setFlags(remedy, flags, distribution)) : { text: `${issued.text} Then set ${written(flags)}.` };
}

const hasAny = (set: FrontProxyRemedy['set']): boolean => Object.keys(set).length > 0;

function issueFix(issue: FrontProxyIssue, expiring: boolean, distribution: DistributionName): Fix {
  const own = named(distribution);
  if (own?.issueFrontProxy) return own.issueFrontProxy(issue, expiring);
  const its = own?.frontProxy === undefined || issue.pair?.cert === own.frontProxy.cert;
  const how = expiring && issue.renewable ? own?.renewFrontProxy : (own?.rotateFrontProxy ?? own?.renewFrontProxy);
  return (its && how) || byHand.issueFrontProxy(issue);
}

function setFlags({ at, unseen }: FrontProxyRemedy, set: FrontProxyRemedy['set'], distribution: DistributionName): Fix {
  const { text, commands: [first, ...more] = [] } = editFlag(at, `Set ${written(set)}`, distribution);
  if (!first) return { text };
  return { text, commands: [unseen.length > 0 ? sh`ls -l ${unseen} && ${{ command: first }}` : first, ...more] };
}

const written = (set: FrontProxyRemedy['set']): string => list(Object.entries(set).map(([name, value]) => `--${name}=${value}`));

const inTurn = (first: Fix, then: Fix): Fix => ({
  text: `${first.text.slice(0, -1)}. Then ${then.text.slice(0, 1).toLowerCase()}${then.text.slice(1)}`,
  commands: [...(first.commands ?? []), ...(then.commands ?? [])],
});
