/** Where a provider runs the control plane, nobody is sent to its nodes: in no row that needs nothing of a node. */
import { expect, test } from 'vitest';
import { checks } from '../src/checks/index.ts';
import { inTermsOf } from '../src/owners/words.ts';
import { judge } from '../src/run/judge.ts';
import { rows } from './checks/rows.ts';
import { changed } from './support/facts.ts';

const onNodes = /sudo aggctl|control-plane nodes?\b|journalctl|crictl|systemctl|iptables|kubeadm (?:certs|init)/i;
/** What only a node of the control plane, or a manifest of its, shows. */
const ofNodes = ['dials', 'frontProxyProbe', 'certificates'];

/** Facts that nobody has without a node. */
const needsNode = ['flags', 'nodeFiles', 'unclaimedEntries', 'kubeadmConfig'];
const hosted = checks.filter(({ scope, needs }) => scope !== 'apiserver' && !needs.some((name) => needsNode.includes(name)));

test.each(hosted.map((check) => ({ id: check.id, check })))('$id', ({ id, check }) => {
  const sent = (rows[id] ?? []).flatMap(([name, change]) => {
    if (ofNodes.some((fact) => change[fact as keyof typeof change])) return [];
    const gathered = changed({ dials: null, frontProxyProbe: null, ...change, distribution: 'EKS', provider: 'EKS' });
    const apiserver = { ok: false as const, why: 'excluded' as const, message: "kube-apiserver's flags: EKS does not expose them" };
    const [result] = judge([{ ...check, after: [] }], { ...gathered, apiserver });
    if (result?.verdict.is !== 'failed') return [];
    return result.verdict.problems.flatMap(({ message, evidence = [], fix }) =>
      [message, ...evidence, fix.text, ...inTermsOf(null, fix).commands]
        .filter((text) => onNodes.test(text))
        .map((text) => `${name}: ${text}`),
    );
  });
  expect(sent).toEqual([]);
});
