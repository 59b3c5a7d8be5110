import { defineCheck } from '../../check.ts';
import { duration, list } from '../../format.ts';

export default defineCheck({
  id: 'namespaces-stuck',
  title: 'this API does not block the deletion of namespaces',
  severity: 'error',
  modes: ['E01'],
  scope: 'apiservice',
  hop: 'effects',
  needs: ['apiService', 'failure', 'stuckNamespaces', 'now'],
  explain: {
    looksAt: 'the condition NamespaceDeletionDiscoveryFailure of namespaces in phase Terminating, and the group versions that it names',
    why: 'While the discovery of one API fails, no namespace in the cluster can be deleted, even one that never contained an object of this API.',
    kubernetes:
      'The namespace controller queries every API for objects in the namespace; `Discovery failed for some groups` names those that did not answer. It retries by itself.',
    repair:
      'Fix the APIService, or delete it if the API is no longer needed. Do not remove the finalizers: the namespace is then deleted by itself.',
    mirrors: 'kubernetes/kubernetes, pkg/controller/namespace/deletion/namespaced_resources_deleter.go, v1.37.2',
  },
  run({ apiService: { name, group, version }, failure, stuckNamespaces, now }) {
    // The namespace controller retries an APIService that serves again.
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
        fix: { text: `Fix \`${name}\`; the namespaces are then deleted by themselves. Do not remove their finalizers.` },
      },
    ];
  },
});
