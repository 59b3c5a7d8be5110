/** Feature gates on kube-apiserver's command line. */
import type { Flags } from '../../model.ts';

/** Whether a gate is on: its value in `--feature-gates`, or its default. */
export function gateIsOn(flags: Flags, gate: string, byDefault: boolean): boolean {
  const said = [...(flags.byName['feature-gates']?.value ?? '').matchAll(/(?:^|,)\s*(?:kube:)?(\w+)=(\w+)/g)].filter(
    ([, name]) => name === gate,
  );
  const value = said.at(-1)?.[2];
  return value === undefined ? byDefault : /^(1|t|true)$/i.test(value);
}
