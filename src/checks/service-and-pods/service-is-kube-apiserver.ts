import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { fails, serviceOf } from './workload-words.ts';

export default defineCheck({
  id: 'service-is-kube-apiserver',
  title: 'the Service leads to an extension server, and not to kube-apiserver',
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
    looksAt: 'whether the Service is default/kubernetes, or all its addresses are those at which kube-apiservers announce themselves',
    why: 'kube-apiserver asks itself for the API, and has nobody else to ask.',
    kubernetes:
      'The APIService is `False`. Made anew, `bad status from https://ADDRESS: 503`: kube-apiserver refuses its own probe, for the APIService is not available. Changed while it was Available, `context deadline exceeded`: each request, the probe too, goes in a circle through kube-apiserver, thousands of times, until its time is out (seen: 2 GiB of memory and more than one processor). An APIService that kube-apiserver is to serve itself names no Service; for what is built in or a CustomResourceDefinition it makes that one by itself.',
    repair: 'Let `spec.service` name the Service of the extension server.',
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
    const addresses = [...new Set(reached.map(({ address, port }) => `${address}:${port}`))];
    return [
      {
        message: `${fails(apiService)}: ${serviceOf(apiService)} leads to kube-apiserver itself, which does not serve it.`,
        at: { object: `APIService ${apiService.name}`, field: 'spec.service' },
        evidence: [
          `\`${failure.text}\``,
          ...(isByAddress ? [`behind the Service: ${list(addresses, { most: 3 })}, where kube-apiserver announces itself`] : []),
        ],
        fix: {
          text: 'Name the Service of the extension server:',
          commands: [
            'kubectl get services --all-namespaces',
            `kubectl patch apiservice ${apiService.name} --type merge -p '{"spec":{"service":{"namespace":"NAMESPACE","name":"NAME","port":443}}}'`,
          ],
        },
        ...(circles && {
          effects: [
            'each request for it goes in a circle through kube-apiserver until its time is out, and costs it processors and memory',
          ],
        }),
      },
    ];
  },
});
