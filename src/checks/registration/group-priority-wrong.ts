import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { sh } from '../../sh.ts';

/** Resources that users request by name alone. */
const everyday: Readonly<Record<string, readonly string[]>> = {
  '': ['configmaps', 'endpoints', 'events', 'namespaces', 'nodes', 'pods', 'secrets', 'serviceaccounts', 'services'],
  apps: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'],
  batch: ['cronjobs', 'jobs'],
  'networking.k8s.io': ['ingresses', 'networkpolicies'],
};

export default defineCheck({
  id: 'group-priority-wrong',
  title: 'no resource of the APIService hides a built-in resource of the same name',
  severity: 'error',
  modes: ['A13'],
  scope: 'apiservice',
  hop: 'registration',
  needs: ['apiService', 'apiServices', 'discovery'],
  explain: {
    looksAt: 'resources with the name of a built-in resource, and the highest `groupPriorityMinimum` of both groups',
    why: 'kubectl resolves a name without a group to the group with the higher priority: `kubectl get pods` then queries the extension API server.',
    kubernetes:
      'The core group has 18000, apps 17800; metrics.k8s.io, which serves pods and nodes as well, has 100. Values above 20000 are rejected.',
    repair: 'Lower `groupPriorityMinimum` of every version of the group below that of the built-in group.',
    mirrors:
      'k8s.io/kube-aggregator, pkg/apis/apiregistration/v1/types.go; k8s.io/kubernetes, pkg/controlplane/apiserver/aggregator.go, v1.37.2',
  },
  run({ apiService: { name, group }, apiServices, discovery: { document } }) {
    const priority = (of: string) => Math.max(0, ...apiServices.filter((one) => one.group === of).map((one) => one.groupPriorityMinimum));
    const own = document && 'resources' in document ? document.resources.map((resource) => resource.name) : [];
    const shared = Object.entries(everyday).flatMap(([builtIn, names]) =>
      builtIn === group ? [] : names.filter((one) => own.includes(one)).map((one) => ({ one, builtIn })),
    );
    const taken = shared.filter(({ builtIn }) => priority(group) > priority(builtIn));
    const [first] = taken;
    if (!first) return [];
    const below = priority(first.builtIn);
    return [
      {
        message: `\`${sh`kubectl get ${first.one}`}\` queries the extension API server of \`${group}\`: its group has priority ${priority(group)}, ${first.builtIn || 'the core group'} has only ${below}.`,
        at: { object: `APIService ${name}`, field: 'spec.groupPriorityMinimum' },
        evidence: [`it also serves ${list(taken.map(({ one }) => one))}`],
        fix: {
          text: 'Lower the priority of every version of this group, for example to the value of metrics.k8s.io. Change it in the Helm chart or operator that sets it, too:',
          edits: {
            of: 'apiService',
            commands: [sh`kubectl patch apiservice ${name} --type merge -p '{"spec":{"groupPriorityMinimum":100}}'`],
          },
        },
      },
    ];
  },
});
