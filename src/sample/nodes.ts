/** Why a node cannot run the sample's pod. Pure. */
import { type Plan, publishedImage } from './plan.ts';

/** The fields of v1 Node that matter. */
interface Node {
  readonly metadata?: { readonly name?: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: {
    readonly unschedulable?: boolean;
    readonly taints?: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
  };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/** What the published image was built for. */
const architectures: readonly string[] = ['amd64', 'arm', 'arm64', 'ppc64le', 's390x'];

/** `why` follows the node's name in a sentence; null: it can. The sample tolerates no taint. */
export function unfit(node: object, { image }: Plan): { readonly name: string; readonly why: string | null } {
  const { metadata, spec, status } = node as Node;
  const labels = metadata?.labels ?? {};
  const name = metadata?.name ?? '';
  const architecture = labels['kubernetes.io/arch'] ?? '';
  const taint = spec?.taints?.find(({ effect }) => effect !== 'PreferNoSchedule');
  const ready = status?.conditions?.find(({ type }) => type === 'Ready')?.status === 'True';
  const text = taint && `${taint.key}${taint.value ? `=${taint.value}` : ''}:${taint.effect}`;
  if (!ready) return { name, why: 'is not Ready' };
  if (spec?.unschedulable) return { name, why: `is cordoned (fix: \`kubectl uncordon ${name}\`)` };
  if (labels['kubernetes.io/os'] !== 'linux') return { name, why: `runs ${labels['kubernetes.io/os'] ?? 'no known system'}, not linux` };
  if (taint) return { name, why: `has the taint \`${text}\` (remove it with \`kubectl taint nodes ${name} ${text}-\`)` };
  if (image === publishedImage && !architectures.includes(architecture))
    return { name, why: `is ${architecture}, and there is no image for it` };
  return { name, why: null };
}
