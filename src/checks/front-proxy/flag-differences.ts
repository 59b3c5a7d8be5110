/** The aggregation layer's flags that differ between the kube-apiservers of one cluster. */
import type { Flag, Flags, Observed, Subject } from '../../model.ts';

type OfEach = readonly { readonly subject: Subject; readonly observed: Observed<Flags> }[];

/** A value and the nodes that have it; `shown` is its text for people. */
interface Group {
  readonly nodes: readonly string[];
  readonly meaning: string;
  readonly shown: string;
  readonly flags: Flags;
  readonly flag: Flag | undefined;
}
export interface Difference {
  readonly name: string;
  /** The most common value comes first. */
  readonly groups: readonly [Group, Group, ...Group[]];
  /** Whether most nodes agree. */
  readonly majority: boolean;
}

/** Paths are not compared: other checks compare the files. A header flag that is not set has its own check. */
const compared: Readonly<Record<string, { readonly default?: string; readonly required?: true }>> = {
  'requestheader-allowed-names': {},
  'requestheader-username-headers': { required: true },
  'requestheader-group-headers': { required: true },
  'requestheader-extra-headers-prefix': {},
  'requestheader-uid-headers': {},
  'enable-aggregator-routing': { default: 'false' },
  'aggregator-reject-forwarding-redirect': { default: 'true' },
  'egress-selector-config-file': {},
};
/** The flags whose values all kube-apiservers publish together, in one ConfigMap. */
export const isPublished = (name: string): boolean => name.startsWith('requestheader-');

/** Lists are compared as sets: order and quotes do not matter. */
const meaningOf = (name: string, flag: Flag | undefined) =>
  flag?.list.length ? [...new Set(flag.list)].sort().join(',') : flag?.value || (compared[name]?.default ?? '');

const groupsOf = (name: string, each: OfEach): readonly Group[] => {
  const groups = new Map<string, Group>();
  for (const { subject, observed } of each) {
    if (!observed.ok) continue;
    const flag = observed.value.byName[name];
    const meaning = meaningOf(name, flag);
    if (compared[name]?.required && meaning === '') continue;
    const known = groups.get(meaning);
    const shown = flag === undefined ? 'not set' : flag.value === '' ? 'empty' : `\`${flag.value}\``;
    groups.set(
      meaning,
      known ? { ...known, nodes: [...known.nodes, subject.name] } : { nodes: [subject.name], meaning, shown, flags: observed.value, flag },
    );
  }
  return [...groups.values()].sort((a, b) => b.nodes.length - a.nodes.length);
};

export const differences = (each: OfEach): readonly Difference[] =>
  Object.keys(compared).flatMap((name) => {
    const [first, second, ...more] = groupsOf(name, each);
    return first && second ? [{ name, groups: [first, second, ...more], majority: first.nodes.length > second.nodes.length }] : [];
  });
