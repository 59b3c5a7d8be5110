import { defineCheck } from '../../check.ts';
import { hostPort, list } from '../../format.ts';
import { sh } from '../../sh.ts';
import { fails, serviceOf } from './workload-words.ts';

export default defineCheck({
  id: 'service-is-kube-apiserver',
  title: 'the Service points to an extension API server, not to kube-apiserver',
  severity: 'error',
  modes: ['H11'],
  scope: 'apiservice',
  hop: 'Service',
  needs: ['apiService', 'failure', 'backendEndpoints', 'kubeApiserverAddresses'],
  causes: {
    symptoms: [
      'apiservice-unavailable',
      'extension-server-slow',
      'extension-server-no-answer',
      'cabundle-not-signer',
      'serving-certificate-expired',
      'serving-certificate-not-yet-valid',
      'serving-certificate-names-exclude-service',
      'serving-certificate-signature-insecure',
      'serving-certificate-without-serverauth',
    ],
  },
  explain: {
    looksAt: 'whether the Service is default/kubernetes, or all its addresses are those of kube-apiservers',
    why: 'kube-apiserver forwards requests for the API to itself, but does not serve it.',
    kubernetes:
      'The APIService is `False`. If it was created like this, `bad status from https://ADDRESS: 503`: kube-apiserver rejects its own probe because the APIService is not available. If it was changed while Available, `context deadline exceeded`: each request, the probe included, loops through kube-apiserver thousands of times until it times out (measured: 2 GiB of memory and more than one CPU). An APIService for a group that kube-apiserver serves itself names no Service; kube-apiserver creates it for built-in groups and CustomResourceDefinitions.',
    repair: 'Set `spec.service` to the Service of the extension API server.',
    mirrors: 'k8s.io/kube-aggregator, pkg/apiserver/resolvers.go (loopbackResolver), v0.37.2',
  },
  run({ apiService, failure, backendEndpoints, kubeApiserverAddresses }) {
    if (!failure || failure.inTransition) return [];
    const { namespace, name } = apiService.service;
    const circles = failure.signature === 'timeout';
    const reached = (backendEndpoints?.addresses ?? []).flatMap(({ address, ports }) => ports.map(({ port }) => ({ address, port })));
    const isOwn = (one: (typeof reached)[number]) =>
      kubeApiserverAddresses.some(({ address, port }) => address === one.address && port === one.port);
    const isByAddress = reached.length > 0 && reached.every(isOwn);
    if (!isByAddress && !(namespace === 'default' && name === 'kubernetes')) return [];
    const addresses = [...new Set(reached.map(({ address, port }) => (port === null ? address : hostPort(address, port))))];
    return [
      {
        message: `${fails(apiService)}: ${serviceOf(apiService)} points to kube-apiserver itself, which does not serve it.`,
        at: { object: `APIService ${apiService.name}`, field: 'spec.service' },
        evidence: [
          `\`${failure.text}\``,
          ...(isByAddress ? [`behind the Service: ${list(addresses, { most: 3 })}, the addresses of kube-apiserver`] : []),
        ],
        fix: {
          text: 'Set the Service of the extension API server in `spec.service`. The first command lists them:',
          commands: [sh`kubectl get services --all-namespaces`],
          edits: {
            of: 'apiService',
            commands: [sh`kubectl edit apiservice ${apiService.name}    # spec.service`],
          },
        },
        ...(circles && {
          effects: ['each request loops through kube-apiserver until it times out, and uses its CPU and memory'],
        }),
      },
    ];
  },
});
