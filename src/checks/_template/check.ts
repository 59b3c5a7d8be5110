/** Copy this to `FOLDER/ID.ts`; the id names what is wrong. Fill it in: `npm test` says what is missing. */
import { defineCheck } from '../../check.ts';

export default defineCheck({
  id: 'template',
  /** What health is, in the present tense, without a full stop: `aggctl checks` and `-v` show it. */
  title: '',
  severity: 'error',
  /** The ways to fail that it finds; test/failure-catalogue.json has them all. */
  modes: [],
  /** What is judged: the cluster, each kube-apiserver, or each APIService. */
  scope: 'apiserver',
  /** Without one of these facts the check is skipped; src/facts/index.ts has them all. */
  needs: ['flags'],
  /** Facts that may add evidence and commands, and never change which problems there are. */
  wants: ['distribution'],
  /** Checks whose failure makes this one meaningless. `causes` names the texts and symptoms that it causes. */
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
