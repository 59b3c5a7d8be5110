/** The aggregation layer's flags that differ between the kube-apiservers of one cluster. */
import { type AggregationFlag, aggregationFlags, type Flag, type Flags, meaningOf, type Observed, type Subject } from '../../model.ts';

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

/** Certificates are not compared by their paths: other checks compare what is in them. */
const compared = aggregationFlags.filter(({ file }) => file !== 'certificates');
/** The flags whose values all kube-apiservers publish together, in one ConfigMap. */
export const isPublished = (name: string): boolean => name.startsWith('requestheader-');

const groupsOf = (known: AggregationFlag, each: OfEach): readonly Group[] => {
  const groups = new Map<string, Group>();
  for (const { subject, observed } of each) {
    if (!observed.ok) continue;
    const flag = observed.value.byName[known.name];
    const meaning = meaningOf(known, flag);
    // One that is required and not set has a check of its own.
    if (known.required && meaning === '') continue;
    const group = groups.get(meaning);
    const shown = flag === undefined ? 'not set' : flag.value === '' ? 'empty' : `\`${flag.value}\``;
    groups.set(
      meaning,
      group ? { ...group, nodes: [...group.nodes, subject.name] } : { nodes: [subject.name], meaning, shown, flags: observed.value, flag },
    );
  }
  return [...groups.values()].sort((a, b) => b.nodes.length - a.nodes.length);
};

export const differences = (each: OfEach): readonly Difference[] =>
  compared.flatMap((known) => {
    const [first, second, ...more] = groupsOf(known, each);
    return first && second
      ? [{ name: known.name, groups: [first, second, ...more], majority: first.nodes.length > second.nodes.length }]
      : [];
  });
