import { defineCheck } from '../../check.ts';
import { editFlag } from '../../distributions/fixes.ts';

const group = 'apiregistration.k8s.io/v1';

export default defineCheck({
  id: 'apiregistration-not-enabled',
  title: 'the API that serves APIServices is enabled',
  severity: 'error',
  modes: ['F24'],
  scope: 'apiserver',
  needs: ['flags', 'commandLine'],
  wants: ['distribution'],
  causes: { signatures: ['exits-by-api-disabled'] },
  explain: {
    looksAt: '`--runtime-config`: `apiregistration.k8s.io/v1=false`, or `api/all=false` or `api/ga=false` without an entry for it',
    why: 'APIServices are objects of this API: without it there is no aggregation layer.',
    kubernetes: 'kube-apiserver exits: `API group/version apiregistration.k8s.io/v1 must be enabled`.',
    repair: 'Remove the entry, or add `apiregistration.k8s.io/v1=true`.',
    mirrors: 'k8s.io/kube-aggregator, pkg/apiserver/apiserver.go, v0.37.2; k8s.io/apiserver, pkg/server/options/api_enablement.go, v0.37.2',
  },
  run({ flags, commandLine, distribution }) {
    const flag = flags.byName['runtime-config'];
    if (!flag) return null;
    const all = commandLine.repeated.find(({ name }) => name === 'runtime-config')?.values.map(({ value }) => value) ?? [flag.value];
    const entries = all.flatMap((value) => value.split(',')).map((entry) => entry.trim());
    const of = (key: string) => entries.findLast((entry) => entry.startsWith(`${key}=`))?.slice(key.length + 1);
    const culprit =
      of(group) === 'false' ? group : of(group) === undefined ? ['api/all', 'api/ga'].find((key) => of(key) === 'false') : undefined;
    if (!culprit) return [];
    return [
      {
        message: `kube-apiserver cannot start: \`${culprit}=false\` in \`--runtime-config\` disables the API that serves APIServices.`,
        at: flag.at,
        evidence: [`kube-apiserver exits with \`API group/version ${group} must be enabled\`; a running one exits at its next restart`],
        fix: editFlag(
          flag.at,
          culprit === group ? `Remove ${culprit}=false from --runtime-config` : `Add ${group}=true to --runtime-config`,
          distribution,
        ),
      },
    ];
  },
});
