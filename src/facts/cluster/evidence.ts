import { apiPath } from '../../api-path.ts';
import { list, object, string } from '../../decode.ts';
import type { Ask } from '../../model.ts';
import { each, fact, maybe } from '../engine/declare.ts';
import { get, metadata } from '../shared/kubernetes.ts';
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
      certificates: namedBy([
        ...(here?.arguments ?? []).map(({ text }) => text),
        ...(pods.ok ? pods.value : []).flatMap(({ spec }) =>
          (spec?.containers ?? []).flatMap(({ command = [], args = [] }) => [...command, ...args]),
        ),
      ]),
      labels: [...nodeLabels, ...(pods.ok ? pods.value : []).flatMap(({ metadata }) => labelsOf(metadata?.labels))],
    };
  },
});
const labelsOf = (labels: Readonly<Record<string, string>> = {}) => Object.entries(labels).map(([name, value]) => `${name}=${value}`);

/** The certificates that these words of a command line name. */
const namedBy = (words: readonly string[]) =>
  words.flatMap((word) => /^--(?:proxy-client-cert-file|requestheader-client-ca-file|tls-cert-file)=(.+)$/.exec(word)?.[1] ?? []);

/** The scheme alone: the rest names a machine. */
const scheme = (value: unknown) => /^[a-z\d-]{1,30}:\/\//.exec(string(value) ?? '')?.[0];
export const nodes = object({
  items: list(
    object({ metadata: object(metadata), spec: object({ providerID: scheme }), status: object({ nodeInfo: object({ osImage: string }) }) }),
  ),
});

/** Labels and annotations of one node of the cluster, its system and provider, as `name=value`; none when they may not be read. */
async function readNodeLabels(ask: Ask): Promise<readonly string[]> {
  const answer = await get(ask, apiPath`/api/v1/nodes?limit=1`, nodes);
  const node = answer.ok ? answer.value?.items?.[0] : undefined;
  const { labels, annotations } = node?.metadata ?? {};
  const own = [`osImage=${node?.status?.nodeInfo?.osImage ?? ''}`, `providerID=${node?.spec?.providerID ?? ''}`];
  return [...labelsOf(labels), ...labelsOf(annotations), ...own];
}
