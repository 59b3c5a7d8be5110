/** Selectors by labels: k8s.io/apimachinery, pkg/apis/meta/v1/types.go and helpers.go (LabelSelectorAsSelector), v0.37. */
import { type Decoded, list, map, object, string } from '../../decode.ts';

export const labelSelector = object({
  matchLabels: map(string),
  matchExpressions: list(object({ key: string, operator: string, values: list(string) })),
});

export function selects(
  { matchLabels = {}, matchExpressions = [] }: Decoded<typeof labelSelector> = {},
  labels: Readonly<Record<string, string>>,
): boolean {
  const holds = matchExpressions.every(({ key = '', operator, values = [] }) => {
    const own = labels[key];
    if (operator === 'Exists') return own !== undefined;
    if (operator === 'DoesNotExist') return own === undefined;
    const among = own !== undefined && values.includes(own);
    return operator === 'In' ? among : !among;
  });
  return holds && Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
}
