/** Faults of ConfigMap extension-apiserver-authentication. */
import type { ControlPlane } from '../control-plane.ts';
import { until } from '../wait.ts';
import { apiService, type Fault } from './fault.ts';

export const configMapFaults: readonly Fault[] = [
  {
    name: 'configmap-missing',
    finds: ['configmap-missing'],
    status: 1,
    async inject({ cp }) {
      await forbidTheConfigMap(cp);
      await cp.kubectl('delete', 'configmap', '-n', 'kube-system', 'extension-apiserver-authentication');
      await cp.waitServed(apiService);
    },
    async undo({ cp }) {
      await cp.kubectl('delete', 'validatingadmissionpolicybinding,validatingadmissionpolicy', '--all');
      // The policy holds for a moment longer than its object.
      await until('the ConfigMap to be allowed again', 60_000, () =>
        cp
          .kubectl('-n', 'kube-system', 'create', 'configmap', 'extension-apiserver-authentication')
          .catch((error: Error) => (/already exists/i.test(error.message) ? 'written anew' : undefined)),
      );
    },
  },
];

/** Something that keeps kube-apiserver from writing its ConfigMap anew, as an admission webhook may. */
async function forbidTheConfigMap(cp: ControlPlane): Promise<void> {
  const name = 'no-authentication-configmap';
  await cp.apply(
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: { resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'], operations: ['CREATE'] }] },
        validations: [{ expression: "object.metadata.name != 'extension-apiserver-authentication'" }],
      },
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name },
      spec: { policyName: name, validationActions: ['Deny'] },
    },
  );
  await new Promise((resolve) => setTimeout(resolve, 3_000));
}
