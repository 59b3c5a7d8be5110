import { defineCheck } from '../check.ts';
import { type Decoded, intOrString, isObject, list, number, object, string } from '../decode.ts';
import { labelSelector, selects } from '../facts/shared/label-selector.ts';
import { list as listed } from '../format.ts';
import { isOf, nameOf } from '../manifests/name.ts';
import type { Workload } from '../manifests/workloads.ts';
import type { ManifestObject } from '../model.ts';
import { behind, numberOf } from './behind.ts';

/** k8s.io/api, networking/v1/types.go, v0.37.2. */
const rule = object({
  from: list((value) => (isObject(value) ? value : undefined)),
  ports: list(object({ protocol: string, port: intOrString, endPort: number })),
});
const policy = object({ spec: object({ podSelector: labelSelector, policyTypes: list(string), ingress: list(rule) }) });
type Rule = Decoded<typeof rule>;

/** Whether the rule lets something from outside the namespace in: kube-apiserver is no pod of it, and its tunnel's agents are in kube-system. */
const admits = ({ from = [] }: Rule, namespace: string): boolean =>
  from.length === 0 ||
  from.some((peer) => peer.ipBlock !== undefined || peer.namespaceSelector !== undefined || namespace === 'kube-system');

const covers = ({ ports = [] }: Rule, workload: Workload, target: number): boolean =>
  ports.length === 0 ||
  ports.some(({ protocol = 'TCP', port, endPort }) => {
    const first = port === undefined ? target : numberOf(workload, port);
    return protocol === 'TCP' && first !== null && target >= first && target <= (endPort ?? first);
  });

const isPolicy = (one: ManifestObject): boolean => isOf(one, 'networking.k8s.io', 'NetworkPolicy');
/** Those that restrict who reaches the pods. */
const restricting = (workload: Workload, manifests: readonly ManifestObject[]) =>
  manifests.flatMap((one) => {
    if (!isPolicy(one) || one.namespace !== workload.object.namespace) return [];
    const { podSelector, policyTypes, ingress = [] } = policy(one.value)?.spec ?? {};
    const applies = policyTypes?.includes('Ingress') ?? true;
    return applies && selects(podSelector, workload.labels) ? [{ object: one, ingress }] : [];
  });

export default defineCheck({
  id: 'network-policy-blocks-kube-apiserver',
  title: 'the NetworkPolicies let kube-apiserver reach the extension API server',
  severity: 'error',
  modes: [],
  scope: 'apiservice',
  hop: 'network',
  needs: ['apiService', 'manifests'],
  explain: {
    looksAt: "in manifests: the NetworkPolicies that select the extension API server's pods, and their ingress rules for its port",
    why: 'kube-apiserver runs on the host network of a control-plane node, outside the cluster, or behind a tunnel: a podSelector of the namespace never matches it.',
    kubernetes:
      'The APIService is `False`, `FailedDiscoveryCheck`, after a timeout, in clusters whose network plugin enforces NetworkPolicies.',
    repair:
      'Add an ingress rule for the port without `from`, or with an `ipBlock` that contains the control plane. The extension API server authenticates its clients itself.',
    mirrors: 'k8s.io/api, networking/v1/types.go (NetworkPolicyIngressRule), v0.37.2',
  },
  run({ apiService, manifests }) {
    const { port, workloads } = behind(apiService, manifests) ?? { port: null, workloads: [] };
    if (!manifests.some(isPolicy)) return null;
    return workloads.flatMap((workload) => {
      const target = port && numberOf(workload, port.targetPort);
      const policies = restricting(workload, manifests);
      const [first] = policies;
      // Policies do not apply to the host network.
      if (!first || target === null || workload.spec.hostNetwork) return [];
      const rules = policies.flatMap(({ ingress }) => ingress);
      const ofPort = rules.filter((one) => covers(one, workload, target));
      if (ofPort.some((one) => admits(one, workload.object.namespace))) return [];
      const names = listed(
        policies.map(({ object }) => nameOf(object)),
        { most: 3 },
      );
      return [
        {
          message: `\`${apiService.group}/${apiService.version}\` fails for every user: ${names} ${ofPort.length > 0 ? `lets only pods of its namespace reach port \`${target}\`` : `lets nothing reach port \`${target}\``} of ${nameOf(workload.object)}.`,
          at: { object: nameOf(first.object), field: 'spec.ingress' },
          fix: {
            text: `Add an ingress rule for port \`${target}\` to ${nameOf(first.object)}, without \`from\` or with an \`ipBlock\` that contains the control plane.`,
          },
        },
      ];
    });
  },
});
