import { defineCheck } from '../check.ts';
import { securePort } from '../checks/service-and-pods/target-port.ts';
import { list } from '../format.ts';
import { nameOf } from '../manifests/name.ts';
import { serving } from '../manifests/workloads.ts';
import { behind, numberOf, wordsOf } from './behind.ts';

export default defineCheck({
  id: 'service-target-port-differs',
  title: "the Service's targetPort is a port of the extension API server",
  severity: 'error',
  modes: [],
  scope: 'apiservice',
  hop: 'endpoints',
  needs: ['apiService', 'manifests'],
  explain: {
    looksAt: "in manifests: the Service's targetPort, `--secure-port` of the containers, and the ports that they declare",
    why: 'Kubernetes does not compare a number in the Service with what the containers listen on.',
    kubernetes: 'The APIService is `False`, `FailedDiscoveryCheck`: `connect: connection refused`.',
    repair: 'Set targetPort to the port on which the extension API server listens.',
    mirrors: 'k8s.io/endpointslice, utils.go (FindPort), v0.37.2; k8s.io/apiserver, pkg/server/options/serving.go, v0.37.2',
  },
  run({ apiService, manifests }) {
    const { service, port, workloads } = behind(apiService, manifests) ?? { port: null, workloads: [] };
    if (!service || !port) return [];
    return workloads.flatMap((workload) => {
      const target = numberOf(workload, port.targetPort);
      const containers = serving(workload).map((one) => ({
        listens: securePort({ words: wordsOf(one) }),
        declares: (one.ports ?? []).flatMap(({ containerPort }) => containerPort ?? []),
      }));
      const told = containers.flatMap(({ listens }) => listens ?? []);
      // The ports that a container declares say little where its arguments say otherwise.
      const declared = containers.flatMap(({ listens, declares }) => (listens === null ? declares : []));
      if (target === null || [...told, ...declared].includes(target) || told.length + declared.length === 0) return [];
      const isTold = told.length > 0;
      const ports = list((isTold ? told : declared).map(String), { word: 'or' });
      return [
        {
          message: `\`${apiService.group}/${apiService.version}\` ${isTold ? 'fails' : 'most likely fails'} for every user: Service \`${service.namespace}/${service.name}\` forwards to port \`${target}\`, but ${nameOf(workload.object)} ${isTold ? 'listens on' : 'declares only'} \`${ports}\`.`,
          at: { object: nameOf(service), field: `spec.ports[${port.index}].targetPort` },
          evidence: isTold ? [`arguments of ${nameOf(workload.object)}: \`--secure-port=${told[0]}\``] : [],
          fix: {
            text: `Set targetPort of Service \`${service.namespace}/${service.name}\` to the port on which the extension API server listens${isTold ? '' : ', and declare that port in its container'}.`,
          },
          ...(!isTold && { severity: 'warning' as const }),
        },
      ];
    });
  },
});
