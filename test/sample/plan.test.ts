import { createPrivateKey as createKey, X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { manifestsOf } from '../../src/sample/manifests.ts';
import { nameOf, pathOf } from '../../src/sample/paths.ts';
import { ownLabels, planOf, publishedEtcd, publishedImage, type SampleChoices } from '../../src/sample/plan.ts';
import { mint, usable } from '../../src/sample/serving.ts';

const usual: SampleChoices = {
  namespace: 'wardle',
  namePrefix: '',
  image: publishedImage,
  etcdImage: publishedEtcd,
  restricted: false,
  insecure: false,
};
const now = new Date('2026-11-23T12:00:00Z');
const serving = mint('api.wardle.svc', now);

describe('the serving certificate', () => {
  const [ca, leaf] = [new X509Certificate(serving.ca), new X509Certificate(serving.certificate)];

  test('is signed by the CA, for the name that kube-apiserver expects, and to serve', () => {
    expect(leaf.verify(ca.publicKey)).toBe(true);
    expect(leaf.subjectAltName).toBe('DNS:api.wardle.svc, DNS:api.wardle, DNS:api.wardle.svc.cluster.local');
    expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect([ca.ca, leaf.ca]).toEqual([true, false]);
  });

  test('is valid from a day ago for 30 days', () => {
    expect([leaf.validFrom, leaf.validTo]).toEqual(['Nov 22 12:00:00 2026 GMT', 'Dec 23 12:00:00 2026 GMT']);
  });

  const stored = manifestsOf(planOf(usual, 37), serving).secret?.data as Record<string, string>;

  test('holds its own key, and nobody holds that of the CA', () => {
    const texts = Object.values(stored).map((value) => Buffer.from(value, 'base64').toString());
    expect(texts.join('').match(/PRIVATE KEY-----\n/g)).toHaveLength(2);
    expect(leaf.checkPrivateKey(createKey(serving.key))).toBe(true);
    expect(ca.checkPrivateKey(createKey(serving.key))).toBe(false);
  });

  test.each([
    ['as it is', stored, now, true],
    ['six days before its end', stored, new Date('2026-12-17T12:00:01Z'), false],
    ['for another name', stored, now, false, 'api.lesson.svc'],
    ['of another CA', { ...stored, 'ca.crt': Buffer.from(mint('x.y.svc', now).ca).toString('base64') }, now, false],
    ['that is none', { 'tls.crt': 'AAAA', 'ca.crt': 'AAAA' }, now, false],
    ['that is not there', {}, now, false],
  ] as const)('%s is used again or not', (_, data, at, again, name: string = 'api.wardle.svc') => {
    const found = usable(data as Record<string, string>, name, at);
    expect(found !== null).toBe(again);
    if (found) expect(found).toEqual({ ca: serving.ca, certificate: serving.certificate, fingerprint: serving.fingerprint });
  });
});

describe('the objects', () => {
  const objects = (userOptions: Partial<SampleChoices> = {}, minor: number | null = 37) =>
    manifestsOf(planOf({ ...usual, ...userOptions }, minor), serving);

  test('each carries the label by which it is found again, also the data that they hold', () => {
    for (const object of Object.values(objects())) expect(object?.metadata.labels).toMatchObject(ownLabels);
  });

  test('are namespaced, or bear the prefix, or have a name that Kubernetes dictates', () => {
    const names = Object.values(objects({ namespace: 'lesson', namePrefix: 'my-' })).map((object) => object && nameOf(object));
    expect(names).toEqual([
      'Namespace lesson',
      'ServiceAccount lesson/apiserver',
      'ClusterRole my-aggregated-apiserver-clusterrole',
      'ClusterRoleBinding my-sample-apiserver-clusterrolebinding',
      'ClusterRoleBinding my-wardle:system:auth-delegator',
      'RoleBinding kube-system/my-wardle-auth-reader',
      'ConfigMap lesson/wardle-audit-policy',
      'Secret lesson/wardle-serving',
      'Deployment lesson/wardle-server',
      'Service lesson/api',
      'APIService v1alpha1.wardle.example.com',
    ]);
    expect(pathOf(objects().readerBinding)).toBe(
      '/apis/rbac.authorization.k8s.io/v1/namespaces/kube-system/rolebindings/wardle-auth-reader',
    );
  });

  test('grant no verb that writes', () => {
    const verbs = (objects().role.rules as { verbs: string[] }[]).flatMap((rule) => rule.verbs);
    expect(new Set(verbs)).toEqual(new Set(['get', 'list', 'watch']));
  });

  test('verify the certificate, unless told not to', () => {
    expect(objects().apiService.spec).toMatchObject({ caBundle: Buffer.from(serving.ca).toString('base64') });
    expect(objects().apiService.spec).not.toHaveProperty('insecureSkipTLSVerify');
    expect(objects({ insecure: true }).apiService.spec).toMatchObject({ insecureSkipTLSVerify: true });
    expect(objects({ insecure: true }).apiService.spec).not.toHaveProperty('caBundle');
  });

  test.each([
    [publishedImage, 35, false],
    ['example.com/sample-apiserver:v0.36.3', 35, true],
    ['example.com/sample-apiserver:1.37.2', 35, true],
    ['example.com/sample-apiserver:v0.36.3', 36, false],
    ['example.com/sample-apiserver:v0.35.7', 35, false],
    ['example.com:5000/sample-apiserver:latest', 35, false],
    ['example.com/sample-apiserver:v0.36.3', null, false],
  ])('%s on 1.%s: told of no MutatingAdmissionPolicies: %s', (image, minor, told) => {
    const text = JSON.stringify(objects({ image }, minor).deployment);
    expect(text.includes('--disable-admission-plugins=MutatingAdmissionPolicy')).toBe(told);
  });
});
