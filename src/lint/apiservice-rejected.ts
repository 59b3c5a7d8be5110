import { defineCheck } from '../check.ts';
import { isOf } from '../manifests/name.ts';

/** Of k8s.io/apimachinery, pkg/util/validation/validation.go, v0.37.2. */
const isSubdomain = (text: string): boolean =>
  text.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(text);
const isLabel = (text: string): boolean => text.length <= 63 && /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(text);
const isWithin = (value: number, most: number): boolean => Number.isInteger(value) && value >= 1 && value <= most;

export default defineCheck({
  id: 'apiservice-rejected',
  title: 'kube-apiserver accepts the APIService',
  severity: 'error',
  modes: [],
  scope: 'apiservice',
  hop: 'registration',
  needs: ['apiService', 'manifests'],
  explain: {
    looksAt: 'in manifests: the fields of the APIService that kube-apiserver validates, and its apiVersion',
    why: 'The manifest cannot be applied: `kubectl apply` and `helm install` fail, perhaps after other objects have been created.',
    kubernetes:
      'kube-apiserver answers 422 `APIService.apiregistration.k8s.io "NAME" is invalid: FIELD: …`, and from 1.22 on 404 for v1beta1.',
    repair: 'Correct the field.',
    mirrors: 'k8s.io/kube-aggregator, pkg/apis/apiregistration/validation/validation.go (ValidateAPIService), v0.37.2',
  },
  run({ apiService, manifests }) {
    const { name, group, version, service, groupPriorityMinimum, versionPriority, caBundle, insecureSkipTLSVerify } = apiService;
    const required = `${version}.${group}`;
    const hasGroup = group === '' ? version === 'v1' : isSubdomain(group);
    const isTold = hasGroup && isLabel(version);
    const isOld = manifests.some(
      (one) => isOf(one, 'apiregistration.k8s.io', 'APIService') && one.name === name && one.apiVersion !== 'apiregistration.k8s.io/v1',
    );
    const isOfHelm = 'helm.sh/chart' in apiService.labels || apiService.labels['app.kubernetes.io/managed-by'] === 'Helm';
    const fault = (breaks: boolean, field: string, because: string, repair: string) => (breaks ? [{ field, because, repair }] : []);
    /** `to`: what the field is set to. */
    const wrong = (breaks: boolean, field: string, because: string, to: string) =>
      fault(breaks, field, because, `Set \`${field}\` to ${to}.`);
    const faults = [
      ...wrong(
        isOld,
        'apiVersion',
        'Kubernetes 1.22 and later serves only `apiregistration.k8s.io/v1`',
        `\`apiregistration.k8s.io/v1\`${isOfHelm ? '. If the chart asks the cluster which version it serves, render it with `--api-versions apiregistration.k8s.io/v1`' : ''}`,
      ),
      // Where one of its parts is wrong, that comes first.
      ...wrong(isTold && name !== required, 'metadata.name', `it must be VERSION.GROUP, \`${required}\``, `\`${required}\``),
      ...wrong(!hasGroup, 'spec.group', 'it must be a lowercase DNS name', 'a group such as `wardle.example.com`'),
      ...wrong(!isLabel(version), 'spec.version', 'it must be a version in lowercase', 'a version such as `v1alpha1`'),
      ...wrong(
        !isWithin(groupPriorityMinimum, 20_000),
        'spec.groupPriorityMinimum',
        'it must be from 1 to 20000',
        'a value such as `1000`',
      ),
      ...wrong(!isWithin(versionPriority, 1000), 'spec.versionPriority', 'it must be from 1 to 1000', 'a value such as `15`'),
      ...wrong(service.namespace === '', 'spec.service.namespace', 'it is required', 'the namespace of the Service'),
      ...wrong(service.name === '', 'spec.service.name', 'it is required', 'the name of the Service'),
      ...wrong(!isWithin(service.port, 65_535), 'spec.service.port', 'it must be from 1 to 65535', 'a port of the Service'),
      ...fault(
        insecureSkipTLSVerify && caBundle !== null,
        'spec.insecureSkipTLSVerify',
        'it must not be true while `caBundle` is set',
        'Remove `insecureSkipTLSVerify`, so that kube-apiserver verifies the certificate with `caBundle`.',
      ),
    ];
    return faults.map(({ field, because, repair }) => ({
      message: `The manifest cannot be applied: kube-apiserver rejects \`${field}\` of \`${name}\` because ${because}.`,
      at: { object: `APIService ${name}`, field },
      fix: { text: repair },
      // Without a cluster, charts that ask it write the old version.
      ...(field === 'apiVersion' && isOfHelm && { severity: 'info' as const }),
    }));
  },
});
