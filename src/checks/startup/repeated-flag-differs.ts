import { defineCheck } from '../../check.ts';
import { editFlag } from '../../distributions/fixes.ts';

const ours = /^(?:proxy-client-|requestheader-|client-ca-file$|enable-aggregator-|aggregator-|egress-selector-)/;
const isList = /^requestheader-.*(?:names|headers|prefix)$/;

export default defineCheck({
  id: 'repeated-flag-differs',
  title: 'each flag of the aggregation layer has only one value',
  severity: 'warning',
  modes: ['F29'],
  scope: 'apiserver',
  needs: ['commandLine', 'flags'],
  wants: ['distribution'],
  explain: {
    looksAt: "flags of the aggregation layer that kube-apiserver's command line repeats with different values",
    why: 'For a file or a boolean flag, the last value silently wins. The values of a list are combined, so each repetition widens it.',
    kubernetes: 'No error and no warning. A second, empty value unsets a file but does not change a list.',
    repair: 'Keep the intended one, and remove the others.',
    mirrors: 'github.com/spf13/pflag v1.0.9, string_slice.go, string.go',
  },
  run({ commandLine, flags, distribution }) {
    // Its configuration has real lists, one value a line.
    if (flags.origin === 'OpenShift configuration') return null;
    return commandLine.repeated.flatMap(({ name, values }) => {
      const last = values.at(-1);
      if (!ours.test(name) || !last || values.every(({ value }) => value === last.value)) return [];
      const list = isList.test(name);
      // k3s adds a value to its own defaults only for `NAME+=`: that is intended.
      if (list && values.some(({ at }) => 'probe' in at)) return [];
      const effective = flags.byName[name]?.value ?? last.value;
      return [
        {
          message: list
            ? `\`--${name}\` allows more than each line says: it is set ${values.length} times, and its values combine to \`${effective}\`.`
            : `kube-apiserver uses only the last of ${values.length} values of \`--${name}\`: \`${last.value}\`.`,
          at: last.at,
          evidence: values.map(({ value, at }) => `\`--${name}=${value}\`${'line' in at && at.line ? `, line ${at.line}` : ''}`),
          fix: editFlag(last.at, `Keep only one --${name}`, distribution),
          ...(list && { severity: 'info' as const }),
        },
      ];
    });
  },
});
