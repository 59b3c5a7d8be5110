/** The remedy for a front proxy, as sentences and commands. Pure. */
import { list } from '../format.ts';
import type { Fix, FrontProxyIssue, FrontProxyRemedy } from '../model.ts';
import { sh } from '../sh.ts';
import * as byHand from './by-hand.ts';
import { editFlag, renewFrontProxy } from './fixes.ts';
import { type DistributionName, named } from './places.ts';

/** What is wanted of a pair: one that works, a later end, or another one, whatever the present one is worth. */
type Want = 'working' | 'later' | 'another';

/** How the front proxy is put right: a new pair if one is needed, then all flags at once, because each edit restarts kube-apiserver. */
export function fixFrontProxy(remedy: FrontProxyRemedy | undefined, distribution: DistributionName, want: Want = 'working'): Fix {
  if (!remedy) return renewFrontProxy(distribution);
  const { issue } = remedy;
  if (!issue || (remedy.works && want === 'working' && hasAny(remedy.set))) return setFlags(remedy, remedy.set, distribution);
  const issued = issueFix(issue, want !== 'another', distribution);
  // Flags must not name a pair that cannot be issued here.
  const flags = { ...remedy.set, ...(issued.commands && issue.set) };
  return hasAny(flags) ? inTurn(issued, setFlags(remedy, flags, distribution)) : issued;
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
  const { text, commands: [first, ...more] = [] } = editFlag(
    at,
    `Set ${list(Object.entries(set).map(([name, value]) => `--${name}=${value}`))}`,
    distribution,
  );
  if (!first) return { text };
  return { text, commands: [unseen.length > 0 ? sh`ls -l ${unseen} && ${{ command: first }}` : first, ...more] };
}

const inTurn = (first: Fix, then: Fix): Fix => ({
  text: `${first.text.replace(/[.:]$/, '')}. Then ${then.text.slice(0, 1).toLowerCase()}${then.text.slice(1)}`,
  commands: [...(first.commands ?? []), ...(then.commands ?? [])],
});
