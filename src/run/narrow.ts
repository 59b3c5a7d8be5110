/** The part of a diagnosis that concerns some APIServices: what is wrong with them, the causes of that, and their paths. Pure. */
import type { FactsFor, Gathered } from '../check.ts';
import type { AnyCheck, CheckedApiService, Finding, Hop, ListedApiService, Subject } from '../model.ts';
import { type Concern, concernsOf } from './concerns.ts';
import type { Diagnosis } from './index.ts';
import { pastOf } from './past.ts';
import { pathOf } from './path.ts';

/**
 * Narrows a diagnosis to the APIServices of these names. A finding stays when it is one of theirs or stands above a symptom of theirs,
 * with all that it explains elsewhere; the others are only counted. Where no APIService is known, everything that was found stays.
 */
export function narrow(checks: readonly AnyCheck[], gathered: Gathered, diagnosis: Diagnosis, names: readonly string[]): Diagnosis {
  const known = gathered.apiservice.ok;
  const named = new Set(names);
  const ours = ({ scope, name }: Subject) => scope !== 'apiservice' || !known || named.has(name);
  // What is suppressed breaks the path of a request all the same.
  const concerns = concernsOf([...diagnosis.findings, ...(diagnosis.suppressed ?? [])]);
  const theirs = new Set(names.flatMap((name) => (concerns.get(name) ?? []).map(({ finding }) => finding)));
  const isTheirs = (finding: Finding) => !known || theirs.has(finding);
  const findings = diagnosis.findings.filter(isTheirs);
  const suppressed = diagnosis.suppressed?.filter(isTheirs);
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  const passed = diagnosis.passed.filter(({ subject }) => ours(subject));
  const skipped = diagnosis.skipped.filter(({ subject }) => ours(subject));
  const crashed = diagnosis.crashed.filter(({ subject }) => ours(subject));
  const inapplicable = diagnosis.inapplicable.filter(({ subject }) => ours(subject));
  return {
    ...diagnosis,
    summary: {
      error: count('error'),
      warning: count('warning'),
      info: count('info'),
      passed: passed.length,
      skipped: skipped.length,
      inapplicable: inapplicable.length,
      crashed: crashed.length,
      ...(suppressed && { suppressed: suppressed.length }),
    },
    findings,
    ...(suppressed && { suppressed }),
    unavailable: diagnosis.unavailable.filter(({ subject }) => subject === null || ours(subject)),
    skipped,
    crashed,
    passed,
    inapplicable,
    apiservices: names.map(describing(checks, gathered, { passed, trust: diagnosis.trust, concerns })),
    ...(!gathered.apiservice.ok && { unlisted: gathered.apiservice.message }),
    further: diagnosis.findings.length - findings.length,
  };
}

interface Told extends Pick<Diagnosis, 'passed' | 'trust'> {
  readonly concerns: ReadonlyMap<string, readonly Concern[]>;
}
/** What is told of the APIService of a name. */
function describing(checks: readonly AnyCheck[], { apiservice, cluster }: Gathered, { passed, trust, concerns }: Told) {
  const remotes = new Map(apiservice.ok ? apiservice.value.map((one) => [one.subject.name, one]) : []);
  const listed = new Map(cluster.apiServices.ok ? cluster.apiServices.value.map((one) => [one.name, one]) : []);
  const checkOf = new Map(checks.map((check) => [check.id, check]));
  const hops = new Map<string, Set<Hop>>();
  for (const { id, subject } of passed) {
    const hop = checkOf.get(id)?.hop;
    if (hop) hops.set(subject.name, (hops.get(subject.name) ?? new Set()).add(hop));
  }
  const now = cluster.now.ok ? cluster.now.value : new Date(0);
  return (name: string): CheckedApiService => {
    if (!apiservice.ok) return { name, state: 'unknown', servedBy: null, path: [] };
    const remote = remotes.get(name);
    const local = listed.get(name);
    if (!remote) return { name, state: local ? 'local' : 'absent', servedBy: local ? localServer(local) : null, path: [] };
    const { facts } = remote;
    const service = facts.apiService.ok ? facts.apiService.value.service : null;
    const judged = { checkOf, concerns: concerns.get(name) ?? [], passed: hops.get(name) ?? new Set<Hop>() };
    const past = pastOf(cluster, facts);
    return {
      name,
      state: stateOf(facts),
      servedBy: service && `Service ${service.namespace}/${service.name}`,
      path: pathOf(facts, judged, now, trust),
      ...(past && { history: past }),
    };
  };
}

function stateOf({ failure, disagreement, differing }: FactsFor<'apiservice'>): CheckedApiService['state'] {
  if ((disagreement.ok && disagreement.value) || (differing.ok && differing.value)) return 'fails';
  if (!failure.ok) return 'unknown';
  if (!failure.value) return 'serves';
  return failure.value.inTransition ? 'in-transition' : 'fails';
}

/** Told apart as kube-apiserver labels what it keeps by itself (kube-aggregator, pkg/controllers/autoregister, v0.37.2). */
function localServer({ group, automanaged }: ListedApiService): string {
  if (automanaged === 'onstart') return 'kube-apiserver itself';
  if (automanaged === 'true') return `kube-apiserver, from CustomResourceDefinitions of group ${group}`;
  return 'kube-apiserver, if it knows the group: the APIService has no Service, and kube-apiserver does not manage it';
}
