import { readNodeLabels } from '../cluster.ts';
import { each, fact, maybe } from '../engine/declare.ts';
import { local } from '../shared/local.ts';
import { server } from './connection.ts';
import { mirrorPods } from './mirror-pods.ts';
import { version } from './version.ts';

const nodeLabels = fact({ name: 'nodeLabels', internal: true, read: async (_, ask) => ({ ok: true, value: await readNodeLabels(ask) }) });
/** What tells the distribution, but for what its kube-apiservers tell. */
export const evidence = fact({
  name: 'evidence',
  internal: true,
  needs: { version: maybe(version), server, locals: each(local), nodeLabels, pods: maybe(mirrorPods) },
  from: ({ version, server, locals, nodeLabels, pods }) => {
    const here = locals.flatMap(({ observed }) => (observed.ok && observed.value.manifest.ok ? [observed.value.manifest.value] : []))[0];
    return {
      version: version.ok ? version.value.text : undefined,
      server: server ?? undefined,
      file: here && 'file' in here.at ? here.at.file : undefined,
      origin: here?.origin,
      labels: [...nodeLabels, ...(pods.ok ? pods.value : []).flatMap(({ metadata }) => labelsOf(metadata?.labels))],
    };
  },
});
const labelsOf = (labels: Readonly<Record<string, string>> = {}) => Object.entries(labels).map(([name, value]) => `${name}=${value}`);
