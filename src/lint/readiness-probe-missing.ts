import { defineCheck } from '../check.ts';
import { securePort } from '../checks/service-and-pods/target-port.ts';
import { nameOf } from '../manifests/name.ts';
import type { Container } from '../manifests/workloads.ts';
import { behind, numberOf, wordsOf } from './behind.ts';

/** The container that says that it listens on the port; undefined: none does. */
const serverIn = (containers: readonly Container[], target: number): Container | undefined =>
  containers.find(
    (one) => securePort({ words: wordsOf(one) }) === target || one.ports?.some(({ containerPort }) => containerPort === target),
  );

export default defineCheck({
  id: 'readiness-probe-missing',
  title: 'the readiness probe asks the extension API server itself',
  severity: 'info',
  modes: [],
  scope: 'apiservice',
  hop: 'endpoints',
  needs: ['apiService', 'manifests'],
  explain: {
    looksAt: "in manifests: the readiness probe of the container on the Service's targetPort, and its port",
    why: 'Without a probe a pod receives requests as soon as its process runs; with one on another port, while only that port answers. Each update then makes requests fail.',
    kubernetes:
      'A port name that the container does not have fails every probe: the pod is never ready, and the APIService is `False`, `MissingEndpoints`.',
    repair: "Add a readinessProbe with `httpGet`, scheme HTTPS, path `/readyz` and the extension API server's port.",
    mirrors: 'kubernetes/kubernetes, pkg/probe/util.go (ResolveContainerPort) and pkg/kubelet/prober, v1.37.2',
  },
  run({ apiService, manifests }) {
    const { port, workloads } = behind(apiService, manifests) ?? { port: null, workloads: [] };
    return workloads.flatMap((workload) => {
      const target = port && numberOf(workload, port.targetPort);
      if (target === null) return [];
      const owner = nameOf(workload.object);
      const containers = workload.spec.containers ?? [];
      if (containers.every(({ readinessProbe }) => !readinessProbe))
        return [
          {
            message: `Requests for \`${apiService.group}/${apiService.version}\` can fail during updates: ${owner} has no readiness probe.`,
            at: { object: owner, field: `${workload.field}.containers` },
            fix: {
              text: `Add a readinessProbe to the extension API server in ${owner}: \`httpGet\` with scheme HTTPS, path \`/readyz\` and port \`${target}\`.`,
            },
          },
        ];
      const server = serverIn(containers, target);
      const { readinessProbe: probe, ports = [], name } = server ?? {};
      if (!server || !probe) return [];
      const who = `container \`${name}\` of ${owner}`;
      const kind = probe.httpGet ? 'httpGet' : 'tcpSocket';
      const asked = (probe.httpGet ?? probe.tcpSocket)?.port;
      const number = typeof asked === 'string' ? ports.find(({ name }) => name === asked)?.containerPort : asked;
      if (asked === undefined || number === target) return [];
      return [
        {
          message:
            number === undefined
              ? `\`${apiService.group}/${apiService.version}\` fails for every user: the readiness probe uses port \`${asked}\`, and ${who} has no port of this name, so its pods are never ready.`
              : `Requests for \`${apiService.group}/${apiService.version}\` can fail during updates: the readiness probe of ${who} uses port \`${asked}\`, not \`${target}\`.`,
          at: { object: owner, field: `${workload.field}.containers[${containers.indexOf(server)}].readinessProbe.${kind}.port` },
          fix: {
            text: `Set the port of the readiness probe of ${who} to \`${target}\`${number === undefined ? ', or to the name of that port' : ', if that port answers probes'}.`,
          },
          ...(number === undefined && { severity: 'error' as const }),
        },
      ];
    });
  },
});
