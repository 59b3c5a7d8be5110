/** The part of a diagnosis that concerns some APIServices: what is wrong with them, the causes of that, and their paths. Pure. */
import type { FactsFor, Gathered } from '../check.ts';
import type { AnyCheck, CheckedApiService, Finding, ListedApiService, Subject } from '../model.ts';
import type { Diagnosis } from './index.ts';
import { pastOf } from './past.ts';
import { pathOf } from './path.ts';

/**
 * Narrows a diagnosis to the APIServices of these names. A finding stays when it is one of theirs or stands above a symptom of theirs,
 * with all that it explains elsewhere; the others are only counted. Where no APIService is known, everything that was found stays.
 */
export function narrow(checks: readonly AnyCheck[], gathered: Gathered, diagnosis: Diagnosis, names: readonly string[]): Diagnosis {
  const known = gathered.apiservice.ok;
  const ours = ({ scope, name }: Subject) => scope !== 'apiservice' || !known || names.includes(name);
  const findings = diagnosis.findings.filter((finding) => !known || names.some((name) => concerns(finding, name)));
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  const passed = diagnosis.passed.filter(({ subject }) => ours(subject));
  const skipped = diagnosis.skipped.filter(({ subject }) => ours(subject));
  const crashed = diagnosis.crashed.filter(({ subject }) => ours(subject));
  const inapplicable = diagnosis.inapplicable.filter(({ subject }) => ours(subject));
  const narrowed = {
    ...diagnosis,
    summary: {
      error: count('error'),
      warning: count('warning'),
      info: count('info'),
      passed: passed.length,
      skipped: skipped.length,
      inapplicable: inapplicable.length,
      crashed: crashed.length,
    },
    findings,
    unavailable: diagnosis.unavailable.filter(({ subject }) => subject === null || ours(subject)),
    skipped,
    crashed,
    passed,
    inapplicable,
  };
  return {
    ...narrowed,
    apiservices: names.map((name) => checkedOf(name, checks, gathered, narrowed)),
    ...(!gathered.apiservice.ok && { unlisted: gathered.apiservice.message }),
    further: diagnosis.findings.length - findings.length,
  };
}

/** Whether a finding is of this APIService, or explains something of it. */
export const concerns = ({ subject, others = [], symptoms }: Finding, name: string): boolean =>
  [subject, ...others, ...symptoms.map((symptom) => symptom.subject)].some((one) => one.scope === 'apiservice' && one.name === name);

function checkedOf(name: string, checks: readonly AnyCheck[], gathered: Gathered, diagnosis: Diagnosis): CheckedApiService {
  const { apiservice, cluster } = gathered;
  if (!apiservice.ok) return { name, state: 'unknown', servedBy: null, path: [] };
  const remote = apiservice.value.find(({ subject }) => subject.name === name);
  const local = cluster.apiServices.ok ? cluster.apiServices.value.find((one) => one.name === name) : undefined;
  if (!remote) return { name, state: local ? 'local' : 'absent', servedBy: local ? localServer(local) : null, path: [] };
  const checkOf = (id: string) => checks.find((check) => check.id === id);
  const { facts } = remote;
  const service = facts.apiService.ok ? facts.apiService.value.service : null;
  const passed = diagnosis.passed.filter(({ subject }) => subject.name === name).flatMap(({ id }) => checkOf(id)?.hop ?? []);
  const findings = diagnosis.findings.filter((finding) => concerns(finding, name));
  const past = pastOf(cluster, facts);
  const now = cluster.now.ok ? cluster.now.value : new Date(0);
  return {
    name,
    state: stateOf(facts),
    servedBy: service && `Service ${service.namespace}/${service.name}`,
    path: pathOf(facts, { name, checkOf, findings, passed: new Set(passed) }, now, diagnosis.trust),
    ...(past && { history: past }),
  };
}

function stateOf({ failure, disagreement }: FactsFor<'apiservice'>): CheckedApiService['state'] {
  if (disagreement.ok && disagreement.value) return 'fails';
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
