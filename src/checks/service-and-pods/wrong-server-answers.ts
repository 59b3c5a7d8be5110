import { defineCheck } from '../../check.ts';
import type { AnsweredBy, ApiService } from '../../model.ts';
import { exclusion } from '../../products/sidecars/index.ts';
import { sh } from '../../sh.ts';
import { editOf } from './kubectl-commands.ts';
import { fails, serviceOf } from './workload-words.ts';

/** Who answers, as the subject of a sentence; and what to do. */
function words({ who, container, address }: AnsweredBy, apiService: ApiService) {
  const where = address ? ` at \`${address}\`` : ` behind ${serviceOf(apiService)}`;
  if (who === 'kubelet')
    return {
      said: `the kubelet answers${where}, not the extension API server`,
      repair:
        "Give the extension API server a port that the kubelet does not use, such as 10251: `--secure-port=10251`, the containerPort and its probes, and the Service's targetPort if that is a number",
    };
  if (who === 'mesh')
    return {
      said: `the service mesh proxy${container ? ` \`${container}\`` : ''} answers${where}, not the extension API server`,
      repair: exclusion(container),
    };
  return {
    said: `the proxy \`${container}\` answers${where}, not the extension API server`,
    repair:
      "Set the Service's targetPort to the extension API server's own port, because a proxy that ends TLS does not pass on kube-apiserver's client certificate",
  };
}

export default defineCheck({
  id: 'wrong-server-answers',
  title: 'the extension API server itself answers at the address of its Service',
  severity: 'error',
  modes: ['S06', 'N12'],
  scope: 'apiservice',
  hop: 'endpoints',
  needs: ['apiService', 'failure', 'answeredBy'],
  wants: ['backendPods'],
  causes: {
    signatures: [
      'not-found',
      'rejected',
      'anonymous',
      'bad-request',
      'bad-status',
      'no-certificate',
      'unrecognized-name',
      'rejects-client-ca',
    ],
  },
  explain: {
    looksAt:
      "the ready addresses behind the Service and their ports, the presented certificate, and the container that declares the Service's port",
    why: 'A status or a TLS error comes from whatever listens at the address: the kubelet on port 10250 of a pod that shares the address of its node (hostNetwork, Fargate), the proxy of a service mesh, or a proxy beside the extension API server. It tells nothing of the extension API server.',
    kubernetes: 'The APIService is `False` with `bad status … 404`, 401 or 403, or with a TLS error, although its pods are ready.',
    repair: 'Use a port on which only the extension API server listens, or exclude its port from the proxy.',
    mirrors:
      'https://kubernetes.io/docs/reference/networking/ports-and-protocols/; kubernetes/kubernetes, pkg/kubelet/server/server.go, v1.37.2',
  },
  run({ apiService, failure, answeredBy, backendPods }) {
    if (!failure || !answeredBy) return [];
    const { namespace, name } = apiService.service;
    const { said, repair } = words(answeredBy, apiService);
    const pod = backendPods?.find((one) => one.name === answeredBy.pod);
    return [
      {
        message: `${fails(apiService)}: ${said}.`,
        at: pod ? { object: `Pod ${namespace}/${pod.name}` } : { object: `Service ${namespace}/${name}` },
        evidence: [`\`${failure.text}\``, answeredBy.evidence],
        fix: {
          text: `${repair}:`,
          commands: [
            sh`kubectl -n ${namespace} get service ${name} -o jsonpath='{.spec.ports}{"\\n"}'`,
            ...(pod ? [] : [sh`kubectl -n ${namespace} get pods -o wide`]),
          ],
          ...(pod && { edits: editOf(pod) }),
        },
      },
    ];
  },
});
