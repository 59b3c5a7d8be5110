import { defineCheck } from '../../check.ts';
import { duration, list } from '../../format.ts';

export default defineCheck({
  id: 'namespaces-stuck',
  title: 'no namespace waits for this API before it can be deleted',
  severity: 'error',
  scope: 'apiservice',
  hop: 'effects',
  needs: ['apiService', 'failure', 'stuckNamespaces', 'now'],
  explainedBy: ['apiservice-unavailable'],
  explain: {
    looksAt: 'the condition NamespaceDeletionDiscoveryFailure of namespaces in phase Terminating, and which group versions it names',
    why: 'No namespace of the whole cluster can be deleted while the discovery of one API fails, also one that never held an object of it.',
    kubernetes:
      'The namespace controller asks every API for what lies in the namespace; `Discovery failed for some groups` names those that did not answer. It tries again by itself.',
    repair:
      'Repair the APIService, or delete it once nothing is to serve it any more. Leave the finalizers alone: the namespace ends by itself then.',
    mirrors: 'kubernetes/kubernetes, pkg/controller/namespace/deletion/namespaced_resources_deleter.go, v1.37.2',
  },
  run({ apiService: { name, group, version }, failure, stuckNamespaces, now }) {
    // One that serves again is asked again by the namespace controller.
    if (!failure || failure.inTransition) return [];
    const waiting = stuckNamespaces.filter(({ text }) => text.includes(`${group}/${version}:`));
    const [first] = waiting;
    if (!first) return [];
    const names = waiting.map((one) => one.name);
    return [
      {
        message: `${names.length === 1 ? 'A namespace' : `${names.length} namespaces`} cannot finish deleting while \`${name}\` does not serve: ${list(names, { most: 4 })}.`,
        at: { object: `Namespace ${first.name}`, field: 'status.conditions[NamespaceDeletionDiscoveryFailure]' },
        evidence: [`${first.name}, for ${duration(now.getTime() - first.since.getTime())}: \`${first.text}\``],
        fix: { text: `Repair \`${name}\`; the namespaces end by themselves then. Leave their finalizers alone.` },
      },
    ];
  },
});
