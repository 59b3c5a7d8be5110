import { defineCheck } from '../../check.ts';
import { fromNow, list } from '../../format.ts';

export default defineCheck({
  id: 'apiservice-deletion-stuck',
  title: 'the APIService is not waiting to be deleted',
  severity: 'warning',
  scope: 'apiservice',
  hop: 'registration',
  needs: ['now', 'apiService'],
  explain: {
    looksAt: 'the deletion timestamp of the APIService, and the finalizers that it waits for',
    why: 'Somebody has deleted it, and it goes on to catch requests: who waits for its end, or installs it anew, waits for ever.',
    kubernetes:
      'An object with finalizers is deleted when the last of them is taken away, by whom it names. Until then the APIService is used as before.',
    repair: 'Run the controller that the finalizer names, so that it finishes its work.',
    mirrors: 'k8s.io/apiserver, pkg/registry/generic/registry/store.go, v0.37.2',
  },
  run({ now, apiService: { name, deleting, finalizers } }) {
    if (!deleting || finalizers.length === 0 || now.getTime() - deleting.getTime() < 60_000) return [];
    return [
      {
        message: `\`${name}\` was deleted ${fromNow(deleting, now)} and is still there: it waits for ${list(finalizers.map((one) => `\`${one}\``))}.`,
        at: { object: `APIService ${name}`, field: 'metadata.finalizers' },
        fix: {
          text: 'Start the controller that put the finalizer there, and let it finish; leave the finalizer itself alone. Who put it there:',
          commands: [
            `kubectl get apiservice ${name} --show-managed-fields -o jsonpath='{range .metadata.managedFields[*]}{.manager}{" "}{.time}{"\\n"}{end}'`,
          ],
        },
      },
    ];
  },
});
