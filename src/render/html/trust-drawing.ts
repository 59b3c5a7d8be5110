/** The map of trust for wide windows and paper, and for narrow windows. */
import type { Markup, Tone } from './markup.ts';
import { arrow, type Box, type BoxLine, box, drawing } from './svg.ts';

export type Fact = readonly [term: string, text: string];
export type Said = Readonly<Record<'title' | 'desc', string>>;
export interface Drawn {
  readonly reaches: Tone;
  /** Of kube-apiserver, where its nodes are not known. */
  readonly address: string;
  readonly apiservers: readonly BoxLine[];
  readonly servers: readonly Server[];
  /** What is presented, who signed it, what is trusted, which names are allowed; []: nothing of that is known. */
  readonly trust: readonly Fact[];
  /** Whether extension servers accept kube-apiserver as front proxy, and whether its certificate is valid today. */
  readonly frontProxy: Tone;
  readonly presents: Tone;
}
export interface Server {
  readonly tone: Tone;
  readonly lines: readonly BoxLine[];
}

const you: readonly BoxLine[] = [{ text: 'you', className: 'strong' }];
const apiserverBox = ({ apiservers, address }: Drawn, x: number, y: number, width: number): Box => {
  const tone: Tone = apiservers.some((one) => one.tone === 'error') ? 'error' : 'none';
  const lines = apiservers.length > 0 ? apiservers : [{ text: address, className: 'code', most: 2 }];
  return box(x, y, width, tone, [{ text: 'kube-apiserver', className: 'strong' }, ...lines]);
};
const cards = ({ trust, presents: validity }: Drawn): readonly { readonly tone: Tone; readonly lines: readonly BoxLine[] }[] => {
  const [presents, signedBy, trusted, allowed] = trust.map(([term, text]) => [
    { text: term, className: 'label' },
    { text, className: 'code', most: 5 },
  ]);
  return [
    { tone: validity, lines: presents ?? [] },
    { tone: 'none', lines: signedBy ?? [] },
    { tone: 'none', lines: [...(trusted ?? []), ...(allowed ?? [])] },
  ];
};

/** Boxes in a row, and below them the chain of trust from left to right. */
export function wide(drawn: Drawn, said: Said): Markup {
  const stack = (top: number): readonly Box[] => {
    const placed: Box[] = [];
    for (const { tone, lines } of drawn.servers) placed.push(box(550, placed.length > 0 ? bottomOf(placed) + 12 : top, 270, tone, lines));
    return placed;
  };
  const [apiserverHeight, stackHeight] = [apiserverBox(drawn, 190, 0, 230).height, bottomOf(stack(0))];
  const height = Math.max(apiserverHeight, stackHeight);
  const apiserver = apiserverBox(drawn, 190, (height - apiserverHeight) / 2, 230);
  const servers = stack((height - stackHeight) / 2);
  const middle = height / 2;
  const chain = drawn.trust.length > 0 ? cards(drawn).map(({ tone, lines }, index) => box(index * 295, height + 36, 230, tone, lines)) : [];
  const level = height + 76;
  const links = [
    arrow([230, level], [293, level]),
    arrow([525, level], [588, level], { tone: drawn.frontProxy, label: accepts[drawn.frontProxy] }),
  ];
  return drawing('trust-wide', said, { width: 820, height: Math.max(height, bottomOf(chain)) + 2, className: 'wide' }, [
    ...[box(0, middle - 19, 90, 'none', you), apiserver, ...servers, ...chain].map(({ markup }) => markup),
    arrow([90, middle], [188, middle], { tone: drawn.reaches }),
    ...servers.map(({ y, height: high }, index) =>
      arrow([420, middle], [548, y + high / 2], { tone: drawn.servers[index]?.tone ?? 'none' }),
    ),
    ...(chain.length > 0 ? links : []),
  ]);
}
const accepts: Readonly<Record<Tone, string>> = { ok: 'accepted', error: 'rejected', warning: 'in part', info: '', none: 'not seen' };
const bottomOf = (boxes: readonly Box[]): number => Math.max(0, ...boxes.map(({ y, height }) => y + height));

/** The same from top to bottom. */
export function narrow(drawn: Drawn, said: Said): Markup {
  const width = 288;
  const gap = 40;
  const placed: Box[] = [box(0, 0, width, 'none', you)];
  const ways: Markup[] = [];
  const bottom = () => bottomOf(placed);
  const down = (told?: Parameters<typeof arrow>[2]) => ways.push(arrow([40, bottom()], [40, bottom() + gap - 2], told));
  down({ tone: drawn.reaches });
  placed.push(apiserverBox(drawn, 0, bottom() + gap, width));
  const [worst] = drawn.servers;
  if (worst) down({ tone: worst.tone });
  for (const [index, { tone, lines }] of drawn.servers.entries())
    placed.push(box(0, bottom() + (index === 0 ? gap : 8), width, tone, lines));
  for (const [index, { tone, lines }] of (drawn.trust.length > 0 ? cards(drawn) : []).entries()) {
    if (index === 1) down();
    if (index === 2) down({ tone: drawn.frontProxy, label: accepts[drawn.frontProxy] });
    placed.push(box(0, bottom() + (index === 0 ? 28 : gap), width, tone, lines));
  }
  return drawing('trust-narrow', said, { width, height: bottom() + 2, className: 'narrow' }, [
    ...placed.map(({ markup }) => markup),
    ...ways,
  ]);
}
