/** Copy this to `ID.ts`, the id naming what is wrong, and fill it in; `npm test` says what is still missing. */
import { defineCheck } from '../check.ts';

export default defineCheck({
  id: 'template',
  /** What health is, in the present tense, without a full stop: `aggctl checks` and `-v` show it. */
  title: '',
  severity: 'error',
  /** What is judged: the cluster, each kube-apiserver, or each APIService. */
  scope: 'apiserver',
  /** Without one of these facts the check is skipped; src/facts/index.ts has them all. */
  needs: ['flags'],
  /** Facts that may add evidence and commands, and never change which problems there are. */
  wants: ['distribution'],
  /** Checks whose failure makes this one meaningless. Of a symptom, `explainedBy` names what would explain it. */
  after: [],
  explain: {
    looksAt: '',
    why: '',
    /** What Kubernetes itself does and says in this state. */
    kubernetes: '',
    repair: '',
    /** The upstream source and version that the rule follows, as in `crypto/x509, verify.go, go1.26`. */
    mirrors: '',
  },
  // [] is a pass; null says that the question does not arise here.
  run({ flags, distribution }) {
    const flag = flags.byName['enable-aggregator-routing'];
    if (flag?.value !== 'false') return [];
    return [
      {
        // One sentence: the consequence first, then the cause, with values in backticks.
        message: `Something fails: \`--${flag.name}\` is \`${flag.value}\`.`,
        at: flag.at,
        evidence: [`seen on ${distribution ?? 'a distribution that nothing tells'}`],
        // Imperative; the commands can be pasted, and are safe in the order given.
        fix: { text: 'Set it to `true` on every control-plane node.' },
      },
    ];
  },
});
