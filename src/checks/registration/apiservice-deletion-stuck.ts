import { defineCheck } from '../../check.ts';
import { fromNow, list } from '../../format.ts';
import { sh } from '../../sh.ts';

export default defineCheck({
  id: 'apiservice-deletion-stuck',
  title: 'the APIService is not waiting to be deleted',
  severity: 'warning',
  modes: [],
  scope: 'apiservice',
  hop: 'registration',
  needs: ['now', 'apiService'],
  explain: {
    looksAt: "the APIService's deletion timestamp and the finalizers that block its deletion",
    why: 'The APIService was deleted but still receives requests. Anything that waits for it to disappear, or that tries to create it again, waits indefinitely.',
    kubernetes:
      'An object with finalizers is removed when the controller behind the last finalizer removes that finalizer. Until then the APIService is used as before.',
    repair: 'Run the controller that owns the finalizer so that it can finish its work.',
    mirrors: 'k8s.io/apiserver, pkg/registry/generic/registry/store.go, v0.37.2',
  },
  run({ now, apiService: { name, deleting, finalizers } }) {
    if (!deleting || finalizers.length === 0 || now.getTime() - deleting.getTime() < 60_000) return [];
    return [
      {
        message: `\`${name}\` was deleted ${fromNow(deleting, now)} and still exists: it waits for ${list(finalizers.map((one) => `\`${one}\``))}.`,
        at: { object: `APIService ${name}`, field: 'metadata.finalizers' },
        fix: {
          text: 'Start the controller that set the finalizer and let it finish. Do not remove the finalizer by hand. To see which controller set it:',
          commands: [
            sh`kubectl get apiservice ${name} --show-managed-fields -o jsonpath='{range .metadata.managedFields[*]}{.manager}{" "}{.time}{"\\n"}{end}'`,
          ],
        },
      },
    ];
  },
});
