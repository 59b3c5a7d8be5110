import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';

/** Resources that everybody asks for by name alone. */
const everyday: Readonly<Record<string, readonly string[]>> = {
  '': ['configmaps', 'endpoints', 'events', 'namespaces', 'nodes', 'pods', 'secrets', 'serviceaccounts', 'services'],
  apps: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'],
  batch: ['cronjobs', 'jobs'],
  'networking.k8s.io': ['ingresses', 'networkpolicies'],
};

export default defineCheck({
  id: 'group-priority-wrong',
  title: 'no resource of the APIService takes the name of a built-in one',
  severity: 'error',
  scope: 'apiservice',
  hop: 'registration',
  needs: ['apiService', 'apiServices', 'discovery'],
  explain: {
    looksAt: 'resources whose name is that of a built-in one, and the highest `groupPriorityMinimum` of either group',
    why: 'kubectl takes a name without its group for that of the group with the higher priority: `kubectl get pods` then asks the extension server.',
    kubernetes:
      'The core group has 18000, apps 17800; metrics.k8s.io, which serves pods and nodes as well, has 100. Higher than 20000 is refused.',
    repair: 'Lower `groupPriorityMinimum` of every version of the group below that of the built-in one.',
    mirrors:
      'k8s.io/kube-aggregator, pkg/apis/apiregistration/v1/types.go; k8s.io/kubernetes, pkg/controlplane/apiserver/aggregator.go, v1.37.2',
  },
  run({ apiService: { name, group }, apiServices, discovery: { document } }) {
    const priority = (of: string) => Math.max(0, ...apiServices.filter((one) => one.group === of).map((one) => one.groupPriorityMinimum));
    const own = document && 'resources' in document ? document.resources.map((resource) => resource.name) : [];
    const taken = Object.entries(everyday).flatMap(([builtIn, names]) =>
      builtIn !== group && priority(group) > priority(builtIn)
        ? names.filter((one) => own.includes(one)).map((one) => ({ one, builtIn }))
        : [],
    );
    const [first] = taken;
    if (!first) return [];
    const below = priority(first.builtIn);
    return [
      {
        message: `\`kubectl get ${first.one}\` asks the extension server of \`${group}\`: its group has priority ${priority(group)}, and ${first.builtIn || 'the core group'} only ${below}.`,
        at: { object: `APIService ${name}`, field: 'spec.groupPriorityMinimum' },
        evidence: [`it serves ${list(taken.map(({ one }) => one))} as well`],
        fix: {
          text: 'Lower it, as metrics.k8s.io has it, for every version of this group; a chart or operator that sets it must be told too:',
          commands: [`kubectl patch apiservice ${name} --type merge -p '{"spec":{"groupPriorityMinimum":100}}'`],
        },
      },
    ];
  },
});
