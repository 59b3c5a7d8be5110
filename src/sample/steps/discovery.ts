/** Discovery: how clients such as kubectl find the new resources. */

import { apiPath } from '../../api-path.ts';
import { get } from '../../facts/shared/kubernetes.ts';
import { aggregatedDiscovery, groupDiscoveryList } from '../../facts/shared/objects.ts';
import type { Ask } from '../../model.ts';
import { group, groupVersionPath, version } from '../plan.ts';
import { done, late, read, type SampleStep } from '../step.ts';

const expected: readonly string[] = ['fischers', 'flunders'];

const learned = 'clients discover Flunders and Fischers through kube-apiserver';

export const discovery: SampleStep = {
  id: 'discovery',
  title: 'Find its resources as kubectl does',
  proves: `${learned}, and kube-apiserver verifies the sample's certificate`,
  hop: 'TLS and discovery',
  async *run({ source, pause }, { plan }) {
    for (let told = ''; ; ) {
      const trouble = (await direct(source)) ?? (await fresh(source));
      if (trouble === null) break;
      if (trouble !== told) yield trouble;
      told = trouble;
      // Up to 1.35 kube-apiserver fetches a failed document again after a minute.
      if (!(await pause())) return late(`Discovery is not complete: ${trouble}`);
    }
    yield `${groupVersionPath} lists flunders and fischers; in /apis they are Current`;
    // Up to 1.35 only requests verify the certificate, the probe behind Available does not.
    return plan.insecure
      ? { done: true, proves: `${learned}; as you chose, kube-apiserver does not verify the sample's certificate` }
      : done;
  },
};

async function direct(source: Ask): Promise<string | null> {
  const found = await read(source, groupVersionPath);
  if (!found.ok) return found.message;
  const names = (found.value?.resources ?? []).map(({ name }: { name: string }) => name);
  return expected.every((name) => names.includes(name))
    ? null
    : `${groupVersionPath} ${found.value ? `lists ${names.join(', ') || 'nothing'}` : 'is not found yet'}`;
}

async function fresh(source: Ask): Promise<string | null> {
  const found = await get(source, apiPath`/apis`, groupDiscoveryList, { accept: aggregatedDiscovery });
  if (!found.ok) return found.message;
  const own = found.value?.items?.find(({ metadata }) => metadata?.name === group)?.versions?.find((one) => one.version === version);
  if (!own) return `/apis does not list ${group} yet`;
  if (own.freshness !== 'Current') return `/apis marks ${group}/${version} as ${own.freshness}`;
  const names = (own.resources ?? []).map(({ resource }) => resource ?? '');
  return expected.every((name) => names.includes(name)) ? null : `/apis lists ${group}/${version} without its resources yet`;
}
