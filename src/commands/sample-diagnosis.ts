/** Why a step failed: what `aggctl doctor` finds of the sample's own APIService, and of what lies before every APIService. */
import { checks } from '../checks/index.ts';
import { gather } from '../facts/index.ts';
import type { Ask, Finding, Manifest } from '../model.ts';
import { version } from '../package.ts';
import { run } from '../run/index.ts';
import { asIfRegistered } from '../sample/as-if-registered.ts';

/** All findings of the cluster and its kube-apiservers, and of other APIServices none. */
export async function diagnosis(source: Ask, apiService: Manifest): Promise<readonly Finding[]> {
  const { name } = apiService.metadata;
  const asked = asIfRegistered(source, apiService);
  const choices = { targets: [name] };
  const here = await gather([asked], { choices });
  // The files of this machine may be those of another cluster's node.
  const { gathered } = here.mismatch ? await gather([withoutFiles(asked)], { choices }) : here;
  const { findings } = run(checks, gathered, { aggctl: version, source: 'live' });
  return findings.filter(({ subject }) => subject.scope !== 'apiservice' || subject.name === name);
}

const withoutFiles = (source: Ask): Ask => {
  const ask: Ask = async (question) =>
    ['file', 'dir', 'key'].includes(question.kind) ? { ok: false, why: 'excluded', message: "another cluster's files" } : source(question);
  return ask;
};
