import { defineCheck } from '../../check.ts';
import { editManifest } from '../../distributions/fixes.ts';

const ours = /^(?:proxy-client-|requestheader-|client-ca-file$|enable-aggregator-|aggregator-|egress-selector-)/;
const isList = /^requestheader-.*(?:names|headers|prefix)$/;

export default defineCheck({
  id: 'repeated-flag-differs',
  title: 'each flag of the aggregation layer is given once, or with one value',
  severity: 'warning',
  modes: ['F29'],
  scope: 'apiserver',
  needs: ['commandLine', 'flags'],
  wants: ['distribution'],
  explain: {
    looksAt: "flags of the aggregation layer that stand on kube-apiserver's command line more than once with different values",
    why: 'The last value of a file or a switch holds, silently; the values of a list add up, so that a second one widens it.',
    kubernetes: 'No error and no warning. An empty second value takes a file away, and leaves a list as it is.',
    repair: 'Keep the one that is meant, and take the others away.',
    mirrors: 'github.com/spf13/pflag v1.0.9, string_slice.go, string.go',
  },
  run({ commandLine, flags, distribution }) {
    // Its configuration gives lists as lists, a value a line.
    if (flags.origin === 'OpenShift configuration') return null;
    return commandLine.repeated.flatMap(({ name, values }) => {
      const last = values.at(-1);
      if (!ours.test(name) || !last || values.every(({ value }) => value === last.value)) return [];
      const list = isList.test(name);
      // Only who writes `NAME+=` adds to what k3s sets by itself.
      if (list && values.some(({ at }) => 'probe' in at)) return [];
      const effective = flags.byName[name]?.value ?? last.value;
      return [
        {
          message: list
            ? `\`--${name}\` allows more than each line says: it is given ${values.length} times, and its values add up to \`${effective}\`.`
            : `Only the last of ${values.length} lines \`--${name}\` holds: \`${last.value}\`.`,
          at: last.at,
          evidence: values.map(({ value, at }) => `\`--${name}=${value}\`${'line' in at && at.line ? `, line ${at.line}` : ''}`),
          fix: editManifest(last.at, `Keep one --${name}`, distribution),
          ...(list && { severity: 'info' as const }),
        },
      ];
    });
  },
});
