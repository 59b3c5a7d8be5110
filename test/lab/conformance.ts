/**
 * What the conformance test of Kubernetes does (k8s.io/kubernetes v1.37.2, test/e2e/apimachinery/aggregator.go), step by step, and what of
 * `aggctl deploy-sample --cleanup` proves the same: requests that succeed, as kube-apiserver's audit log has them, and words of a step.
 */
interface ConformanceStep {
  readonly does: string;
  /** Verb and resource. */
  readonly requests: readonly (readonly [verb: string, resource: string])[];
  readonly says?: readonly [step: string, words: string];
}

export const conformance: readonly ConformanceStep[] = [
  {
    does: '1 makes a CA and a serving certificate',
    requests: [],
    says: ['certificate', 'a CA and a certificate for api.wardle.svc are created'],
  },
  { does: '2 puts it into a Secret', requests: [['patch', 'secrets']] },
  {
    does: '3 binds the ServiceAccount to the roles of the informers and of delegated authentication',
    requests: [
      ['patch', 'clusterroles'],
      ['patch', 'clusterrolebindings'],
    ],
  },
  { does: '4 makes a Deployment with etcd and a readiness probe over HTTPS', requests: [['patch', 'deployments']] },
  { does: '5 waits for its image', requests: [], says: ['rollout', 'pod is ready: both containers run, and port 443 answers /readyz'] },
  {
    does: '6 makes the Service and the ServiceAccount',
    requests: [
      ['patch', 'services'],
      ['patch', 'serviceaccounts'],
    ],
  },
  {
    does: '7 lets it read the ConfigMap of the front proxy, and waits for the Deployment',
    requests: [
      ['patch', 'rolebindings'],
      ['get', 'deployments'],
    ],
  },
  { does: '8 registers an APIService with the caBundle', requests: [['patch', 'apiservices']] },
  { does: '9 lists Flunders until that works', requests: [['list', 'flunders']] },
  {
    does: '10 creates a Flunder, lists it, deletes it, lists none',
    requests: [
      ['create', 'flunders'],
      ['list', 'flunders'],
      ['delete', 'flunders'],
    ],
    says: ['data', 'my-second-flunder created and deleted'],
  },
  {
    does: '11 finds the resource in discovery, and works with it as a client that knows nothing else',
    requests: [
      ['create', 'flunders'],
      ['list', 'flunders'],
    ],
    says: ['discovery', '/apis/wardle.example.com/v1alpha1 lists flunders and fischers; in /apis they are Current'],
  },
  {
    does: '12 reads `all checks passed`; changes spec, label and status of the APIService, and finds it in a list',
    requests: [
      ['list', 'apiservices'],
      ['get', 'apiservices/status'],
      ['patch', 'apiservices/status'],
    ],
    says: ['registration', 'updates of its spec, labels and status persist, and a list by label finds it'],
  },
  {
    does: '13 deletes the APIService as a collection, and waits until it is gone',
    requests: [['deletecollection', 'apiservices']],
    says: ['removal', 'APIService v1alpha1.wardle.example.com'],
  },
  {
    does: '14 removes all the rest',
    requests: ['clusterroles', 'clusterrolebindings', 'rolebindings', 'namespaces'].map((resource) => ['delete', resource] as const),
  },
];
