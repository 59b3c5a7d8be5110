/** Why a step failed: what `aggctl doctor` finds about the sample's APIService, the cluster and its kube-apiservers. */
import { checks } from '../checks/index.ts';
import { gather } from '../facts/gather.ts';
import type { Ask, Diagnosis, Manifest } from '../model.ts';
import { version } from '../package.ts';
import { run } from '../run/index.ts';
import { asIfRegistered } from '../sample/as-if-registered.ts';
import { apiServiceName } from '../sample/plan.ts';

/** Findings about the cluster and its kube-apiservers, but about no other APIService. `unregistered`: checked as if it were registered. */
export async function diagnosis(source: Ask, unregistered?: Manifest): Promise<Diagnosis> {
  const asked = unregistered ? asIfRegistered(source, unregistered) : source;
  const userOptions = { targets: [apiServiceName] };
  const here = await gather([asked], { userOptions });
  // The files on this machine may belong to a node of another cluster.
  const { gathered } = here.mismatch ? await gather([withoutFiles(asked)], { userOptions }) : here;
  const { findings, unavailable } = run(checks, gathered, { aggctl: version, source: 'live' });
  const own = findings.filter(({ subject }) => subject.scope !== 'apiservice' || subject.name === apiServiceName);
  return { findings: own, whole: unavailable.length === 0 };
}

const withoutFiles = (source: Ask): Ask => {
  const ask: Ask = async (question) =>
    ['file', 'dir', 'key'].includes(question.kind) ? { ok: false, why: 'excluded', message: "another cluster's files" } : source(question);
  return ask;
};
