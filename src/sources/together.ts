/** One cluster as its API answers here, and as its control-plane nodes recorded themselves: a source for each node. */
import type { Answer, AnyQuestion, Ask, Observed } from '../model.ts';

export interface NodeRecording {
  readonly node: string;
  readonly ask: Ask;
}

/**
 * The first source answers for the API, and for connections from every node: with the one that fails, if one does, because a kube-apiserver there fails
 * alike. The others answer for the files of their node.
 */
export async function together(api: Ask, [first, ...others]: readonly NodeRecording[]): Promise<readonly Ask[]> {
  if (!first) return [api];
  const server = await api({ kind: 'connection' });
  const host = server.ok && server.value ? new URL(server.value.server).hostname.replace(/^\[|\]$/g, '') : '';
  const all = [first, ...others];
  const ask = (question: AnyQuestion): Promise<Observed<unknown>> => {
    if (question.kind === 'file' || question.kind === 'dir' || question.kind === 'key') return first.ask(question as never);
    const isApi = question.kind === 'handshake' && (question.pod !== undefined || question.host === host);
    if (question.kind === 'handshake' && !isApi) return fromNodes(question, all);
    return api(question as never);
  };
  return [ask as Ask, ...others.map((one) => one.ask)];
}

async function fromNodes(question: AnyQuestion & { readonly kind: 'handshake' }, nodes: readonly NodeRecording[]) {
  const shown = await Promise.all(nodes.map(async ({ node, ask }) => ({ node, observed: await ask(question) })));
  const asked = shown.filter(({ observed }) => observed.ok || observed.why !== 'excluded');
  const chosen = asked.find(({ observed }) => fails(observed)) ?? asked[0] ?? shown[0];
  if (!chosen?.observed.ok) return chosen?.observed ?? { ok: false as const, why: 'excluded' as const, message: 'not in this snapshot' };
  return { ok: true as const, value: { ...chosen.observed.value, from: chosen.node } };
}

const fails = (observed: Observed<Answer['handshake']>): boolean => !observed.ok || observed.value.chain.length === 0;
