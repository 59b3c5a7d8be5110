/** Several sources of one cluster: which of them speaks for the API. */
import type { Ask } from '../model.ts';
import { get, type KubernetesObject } from './shared/kubernetes.ts';

/** The sources, first the newest whose API answers, then the others by their age. One alone is asked nothing. */
export async function newestFirst(sources: readonly Ask[]): Promise<readonly Ask[]> {
  if (sources.length < 2) return sources;
  const dated = await Promise.all(
    sources.map(async (ask) => {
      const [clock, version] = await Promise.all([ask({ kind: 'clock' }), get(ask, '/version')]);
      return { ask, answers: version.ok, taken: clock.ok ? Date.parse(clock.value.time) : 0 };
    }),
  );
  return dated.sort((a, b) => Number(b.answers) - Number(a.answers) || b.taken - a.taken).map(({ ask }) => ask);
}

/** What tells clusters apart: the UID of namespace kube-system. null: it is not known. */
export async function readUid(ask: Ask): Promise<string | null> {
  const namespace = await get<KubernetesObject>(ask, '/api/v1/namespaces/kube-system');
  return (namespace.ok && namespace.value?.metadata?.uid) || null;
}
