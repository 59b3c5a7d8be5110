/** `aggctl deploy-sample` on a whole node with real pods: the story, every way to end it, and what goes wrong on the way. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from './api.ts';
import { versions } from './assets.ts';
import { conformance } from './conformance.ts';
import { aggctl } from './doctor.ts';
import { checkout } from './namespace.ts';
import { image } from './node-assets.ts';
import { all, everyStep, messageOf, notesOf, outcome, type Ran, useSampleRuns } from './sample-runs.ts';
import { more } from './tiers.ts';
import { until } from './wait.ts';

const { lab, command, sample, everything } = useSampleRuns();

describe('the story', () => {
  test('on a fresh cluster, again on the same, and gone', { timeout: 300_000 }, async () => {
    const before = await everything();
    const first = await sample();
    expect(outcome(first)).toEqual(all);
    expect(notesOf(first, 'identity')).toContain('the audit log names `kubernetes-admin` (kubeadm:cluster-admins, system:authenticated)');
    expect(notesOf(first, 'identity')).toContain('the audit log names `aggctl-learner` (kubeadm:cluster-admins, system:authenticated)');
    expect(await lab().kubectl('get', 'flunders', '-o', 'name')).toBe('flunder.wardle.example.com/my-first-flunder\n');

    const made = await everything();
    const again = await sample();
    expect(outcome(again)).toEqual(all);
    expect(await everything()).toEqual(made);
    expect(
      ['access', 'certificate', 'rollout', 'registration'].flatMap((step) => notesOf(again, step).match(/\b(created|changed)$/gm) ?? []),
    ).toEqual([]);

    const gone = await sample('--delete');
    expect(outcome(gone)).toEqual({ ...all, done: ['removal'] });
    expect(gone.run.left).toEqual([]);
    expect(await everything()).toEqual(before);
  });

  test.each([
    '--restricted',
    `--image ${image.sampleApiserver(versions[0])}`,
    `--image ${image.sampleApiserver(versions[0])} --restricted`,
    // W15: twenty versions older than the cluster.
    `--image ${image.oldSampleApiserver}`,
  ])('--cleanup %s', { timeout: 300_000, ...more }, async (options) => {
    if (options.includes(image.oldSampleApiserver)) await lab().importImage('oldSampleApiserver');
    const before = await everything();
    const ran = await sample('--cleanup', ...options.split(' '));
    expect(outcome(ran)).toEqual({ ...all, done: [...everyStep, 'removal'] });
    expect(await everything()).toEqual(before);
  });

  test('with names of its own, and without verification', { timeout: 300_000, ...more }, async () => {
    const before = await everything();
    const ran = await sample('--namespace', 'lesson', '--name-prefix', 'my-', '--insecure-skip-tls-verify-backend', '--cleanup');
    expect(outcome(ran)).toEqual({ ...all, done: [...everyStep, 'removal'] });
    expect(ran.run.steps.find(({ id }) => id === 'discovery')?.proves).toContain('as you chose, kube-apiserver does not verify');
    expect(await everything()).toEqual(before);
  });

  test('with a Secret to pull images with, which is copied and not shown', { timeout: 300_000, ...more }, async () => {
    const login = ['--docker-server=registry.example.com', '--docker-username=jane', '--docker-password=canary-4711'];
    await lab().kubectl('create', 'secret', 'docker-registry', 'mirror', ...login);
    const before = await everything();
    const ran = await sample('--image-pull-secret', 'default/mirror');
    expect(outcome(ran)).toEqual(all);
    expect(JSON.stringify(ran)).not.toMatch(/canary|Y2FuYXJ5/);
    const path = '/api/v1/namespaces/wardle/secrets/wardle-pull';
    const [from, to] = await Promise.all(['/api/v1/namespaces/default/secrets/mirror', path].map((one) => lab().get(one)));
    expect([to?.type, to?.data]).toEqual([from?.type, from?.data]);
    expect(outcome(await sample('--delete'))).toEqual({ ...all, done: ['removal'] });
    expect(await everything()).toEqual(before);
    await lab().kubectl('delete', 'secret', 'mirror');
  });

  test('--dry-run | kubectl apply -f - gives a sample that works, and changes nothing itself', { timeout: 300_000 }, async () => {
    const before = await everything();
    const { stdout, stderr, status } = await lab().run(command('--dry-run'));
    expect(status).toBe(0);
    expect(stderr).toContain('contains the private key');
    const asked = await sample('--dry-run=server');
    expect(outcome(asked)).toEqual({ ...all, done: ['dry-run'] });
    expect(await everything()).toEqual(before);
    const kubectl = ['kubectl', '--kubeconfig', lab().kubeconfig.admin];
    expect((await lab().run([...kubectl, 'apply', '-f', '-'], { input: stdout })).status).toBe(0);
    await lab().waitServed('v1alpha1.wardle.example.com');
    const applied = parseAllDocuments(stdout).map((document) => document.toJS() as KubernetesObject);
    expect(applied.map(({ kind }) => kind)).toContain('APIService');
    expect(outcome(await sample('--cleanup'))).toEqual({ ...all, done: [...everyStep, 'removal'] });
    expect(await everything()).toEqual(before);
  });
});

test('the example in docs/ is what it prints', { timeout: 300_000 }, async () => {
  const path = join(checkout, 'docs/sample-tour.md');
  const readme = await readFile(path, 'utf8');
  const [is = '', line = '', printed = ''] = /^```console\n\$ aggctl deploy-sample (.*)\n([\s\S]*?)^```$/m.exec(readme) ?? [];
  // Not by an option, which the command that removes it would repeat.
  const where = `KUBECONFIG=${lab().kubeconfig.admin}`;
  const { stdout } = await lab().run(['env', where, process.execPath, aggctl, 'deploy-sample', ...line.split(' ')]);
  // Names of pods and times are different each time.
  const lasting = (text: string) =>
    text
      .replace(/\s+/g, ' ')
      .replace(/wardle-server-[0-9a-z]+-[0-9a-z]+/g, 'POD')
      .replace(/\d+(\.\d)?s\b/g, 'TIME')
      // Whether kube-apiserver was seen before its first judgement.
      .replace('kube-apiserver has not checked it yet ', '');
  if (process.env.UPDATE)
    await writeFile(
      path,
      readme.replace(is, () => `\`\`\`console\n$ aggctl deploy-sample ${line}\n${stdout}\`\`\``),
    );
  else expect(lasting(printed)).toBe(lasting(stdout));
});

/** Ends aggctl as soon as it has said `line`, and a moment later. */
const killed = async (signal: 'KILL' | 'INT' | 'TERM', line: string, ...options: string[]) => {
  const script = `mkfifo "$HOME/said"; "$@" > "$HOME/said" & pid=$!
    while read -r said; do case "$said" in "${line}"*) sleep 0.15; kill -${signal} $pid; break;; esac; done < "$HOME/said"
    wait $pid; status=$?; rm "$HOME/said"; exit $status`;
  return lab().run(['bash', '-c', script, 'bash', ...command(...options)]);
};

describe('the conformance test of Kubernetes', () => {
  const seen: { ran?: Ran; events: KubernetesObject[] } = { events: [] };
  const resourceOf = ({ objectRef }: KubernetesObject) => [objectRef?.resource, objectRef?.subresource].filter(Boolean).join('/');
  beforeAll(async () => {
    const since = new Date().toISOString();
    seen.ran = await sample('--cleanup');
    const own = await lab().auditEvents(({ user }) => user?.username === 'kubernetes-admin');
    seen.events = own.filter((event) => event.requestReceivedTimestamp >= since && event.responseStatus?.code < 300);
  }, 300_000);

  test.each(conformance)('$does', ({ requests, says }) => {
    const asked = seen.events.map((event) => `${event.verb} ${resourceOf(event)}`);
    for (const request of requests) expect(asked).toContain(request.join(' '));
    if (says && seen.ran) expect(notesOf(seen.ran, says[0])).toContain(says[1]);
  });

  test('the APIService goes first', () => {
    const [first] = seen.events.filter((event) => /^delete/.test(event.verb) && !/^(flunders|fischers)$/.test(resourceOf(event)));
    expect(first && resourceOf(first)).toBe('apiservices');
  });
});

describe('an end before the end', () => {
  test.each(everyStep.slice(1).map((step, index) => [step, `${index + 2}/8 `] as const))(
    'by SIGKILL in step %s: --delete removes all of it',
    { timeout: 300_000, ...more },
    async (_, line) => {
      const before = await everything();
      await killed('KILL', line);
      expect(outcome(await sample('--delete'))).toEqual({ ...all, done: ['removal'] });
      expect(await everything()).toEqual(before);
    },
  );

  test.each([
    ['INT', 130],
    ['TERM', 143],
  ] as const)('by SIG%s', { timeout: 300_000, ...more }, async (signal, ended) => {
    const before = await everything();
    const { status, stderr } = await killed(signal, '4/8 ');
    expect(status).toBe(ended);
    const remove = `aggctl deploy-sample --delete --kubeconfig ${lab().kubeconfig.admin}`;
    if (signal === 'INT') expect(stderr).toBe(`hint: interrupted; to remove what was created so far, run: ${remove}\n`);
    expect(outcome(await sample('--delete'))).toEqual({ ...all, done: ['removal'] });
    expect(await everything()).toEqual(before);
  });

  test('by SIGKILL while it is being removed', { timeout: 300_000 }, async () => {
    const before = await everything();
    await sample();
    await killed('KILL', 'APIService', '--delete');
    expect(outcome(await sample('--delete'))).toEqual({ ...all, done: ['removal'] });
    expect(await everything()).toEqual(before);
  });
});

describe('what aggctl did not make is left alone', () => {
  test('a namespace, an APIService, a role of these names', { timeout: 300_000 }, async () => {
    await lab().kubectl('create', 'namespace', 'wardle');
    await lab().kubectl('create', 'clusterrole', 'aggregated-apiserver-clusterrole', '--verb=get', '--resource=pods');
    const before = await everything();
    const refused = await sample();
    expect(outcome(refused)).toEqual({ done: [], failed: 'preflight', because: undefined, status: 1 });
    expect(messageOf(refused)).toContain('`Namespace wardle`, `ClusterRole aggregated-apiserver-clusterrole` already exists');
    expect(outcome(await sample('--delete'))).toEqual({ ...all, done: ['removal'] });
    expect(await everything()).toEqual(before);
    const elsewhere = await sample('--namespace', 'elsewhere', '--name-prefix', 'my-', '--cleanup');
    expect(outcome(elsewhere)).toEqual({ ...all, done: [...everyStep, 'removal'] });
    expect(await everything()).toEqual(before);
    await lab().kubectl('delete', 'namespace/wardle', 'clusterrole/aggregated-apiserver-clusterrole');
  });

  test("somebody's ConfigMap in the sample's namespace keeps that", { timeout: 300_000, ...more }, async () => {
    const before = await everything();
    await sample();
    await lab().kubectl('create', 'configmap', 'notes', '--namespace', 'wardle');
    const kept = await sample('--delete');
    expect(outcome(kept)).toEqual({ done: [], failed: 'removal', because: undefined, status: 1 });
    expect(messageOf(kept)).toContain('objects that aggctl did not create (`ConfigMap notes`)');
    await lab().kubectl('delete', 'configmap', 'notes', '--namespace', 'wardle');
    expect(outcome(await sample('--delete'))).toEqual({ ...all, done: ['removal'] });
    expect(await everything()).toEqual(before);
  });
});

describe('what goes wrong', () => {
  const before: { objects: string[] } = { objects: [] };
  beforeAll(async () => {
    before.objects = await everything();
  });
  afterEach(async () => {
    await sample('--delete');
    expect(await everything()).toEqual(before.objects);
  });

  test('an image that cannot be pulled (W01, W02)', { timeout: 300_000 }, async () => {
    const ran = await sample('--image', 'registry.example.invalid/sample:1', '--step-timeout', '20s');
    expect(outcome(ran)).toMatchObject({ failed: 'rollout', because: 'extension-server-image-unavailable', status: 124 });
  });

  test('an etcd that does not start (W07)', { timeout: 300_000, ...more }, async () => {
    const ran = await sample('--etcd-image', 'registry.k8s.io/pause:3.10.2');
    expect(outcome(ran)).toMatchObject({ failed: 'rollout', because: 'extension-server-cannot-start', status: 1 });
  });

  test('a quota and a taint that leave no room for the pod (W16)', { timeout: 300_000, ...more }, async () => {
    await lab().kubectl('taint', 'node', 'cp-1', 'only=others:NoSchedule');
    const tainted = await sample();
    await lab().kubectl('taint', 'node', 'cp-1', 'only-');
    expect(outcome(tainted)).toEqual({ done: [], failed: 'preflight', because: undefined, status: 1 });
    expect(messageOf(tainted)).toContain('`cp-1` has the taint `only=others:NoSchedule`');
    await lab().kubectl('create', 'namespace', 'wardle');
    await lab().kubectl('label', 'namespace', 'wardle', 'app.kubernetes.io/managed-by=aggctl-deploy-sample');
    await lab().kubectl('create', 'quota', 'none', '--hard=pods=0', '--namespace', 'wardle');
    const full = await sample();
    await lab().kubectl('delete', 'quota', 'none', '--namespace', 'wardle');
    expect(outcome(full)).toEqual({ done: ['preflight'], failed: 'access', because: undefined, status: 1 });
    expect(messageOf(full)).toContain('exceeded quota: none');
  });

  test('rights that were taken away come back (W11)', { timeout: 300_000, ...more }, async () => {
    await sample();
    await lab().kubectl('delete', 'rolebinding', 'wardle-auth-reader', '--namespace', 'kube-system');
    await lab().kubectl('delete', 'clusterrole', 'aggregated-apiserver-clusterrole');
    const ran = await sample();
    expect(outcome(ran)).toEqual(all);
    expect(notesOf(ran, 'access')).toContain('RoleBinding kube-system/wardle-auth-reader created');
  });

  test('the namespace was deleted before the APIService (W14)', { timeout: 300_000, ...more }, async () => {
    await sample();
    await lab().kubectl('delete', 'namespace', 'wardle', '--wait=false');
    const stuck = await sample();
    expect(outcome(stuck)).toEqual({ done: [], failed: 'preflight', because: undefined, status: 1 });
    expect(messageOf(stuck)).toContain('still refers to it: run aggctl deploy-sample --delete first');
    expect(outcome(await sample('--delete'))).toEqual({ ...all, done: ['removal'] });
  });

  test('the namespace of an earlier sample is still going (W18)', { timeout: 300_000, ...more }, async () => {
    await sample();
    await killed('KILL', 'Namespace', '--delete');
    const ran = await sample();
    expect(outcome(ran)).toEqual(all);
    expect(notesOf(ran, 'preflight')).toContain('is still being deleted; waiting');
  });

  test('no rights at all, and rights that do not reach to grant what the sample needs', { timeout: 300_000 }, async () => {
    const nobody = await sample('--as', 'jane');
    expect(outcome(nobody)).toEqual({ done: [], failed: 'preflight', because: undefined, status: 1 });
    expect(messageOf(nobody)).toContain('You are not allowed to get, create, patch, delete namespaces');
    const rule = (group: string, ...resources: string[]) => ({
      apiGroups: [group],
      resources,
      verbs: ['get', 'list', 'watch', 'create', 'patch', 'update', 'delete'],
    });
    await lab().apply({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'nearly' },
      rules: [
        rule('', 'namespaces', 'serviceaccounts', 'configmaps', 'secrets', 'services', 'pods', 'pods/log'),
        rule('apps', 'deployments'),
        rule('rbac.authorization.k8s.io', 'clusterroles', 'clusterrolebindings', 'rolebindings'),
        rule('apiregistration.k8s.io', 'apiservices', 'apiservices/status'),
        rule('wardle.example.com', 'flunders', 'fischers'),
      ],
    });
    await lab().kubectl('create', 'clusterrolebinding', 'nearly', '--clusterrole=nearly', '--user=jane');
    const nearly = await sample('--as', 'jane');
    await lab().kubectl('delete', 'clusterrole/nearly', 'clusterrolebinding/nearly');
    expect(outcome(nearly)).toEqual({ done: [], failed: 'preflight', because: undefined, status: 1 });
    expect(messageOf(nearly)).toContain('attempting to grant RBAC permissions not currently held');
  });

  test('a firewall between kube-apiserver and the Service', { timeout: 300_000, ...more }, async () => {
    const state = await lab().snapshotState();
    await sample();
    const service = await lab().get('/api/v1/namespaces/wardle/services/api');
    await lab().firewall('-p', 'tcp', '-m', 'conntrack', '--ctorigdst', service?.spec.clusterIP, '-j', 'DROP');
    // Until then the APIService is Available, and discovery is the step that fails.
    await until('kube-apiserver to miss an answer', 60_000, async () => {
      const found = await lab().get('/apis/apiregistration.k8s.io/v1/apiservices/v1alpha1.wardle.example.com');
      return found?.status.conditions[0].status === 'False' || undefined;
    });
    const ran = await sample('--step-timeout', '40s');
    await lab().iptables('--flush', 'AGGCTL-LAB');
    expect(outcome(ran)).toMatchObject({ failed: 'registration', because: 'aggregator-routing-wrong', status: 124 });
    await sample('--delete');
    await lab().restore(state);
  });

  test.each([
    ['proxy-client-cert-file', undefined, 'proxy-client-pair-half'],
    ['requestheader-allowed-names', 'somebody-else', 'allowed-names-exclude-cn'],
  ])('--%s=%s', { timeout: 300_000, ...more }, async (flag, value, because) => {
    const state = await lab().snapshotState();
    if (value === undefined) await lab().manifest.remove(flag);
    else await lab().manifest.set(flag, value);
    await lab().restartApiserver();
    // Until then the ConfigMap goes on allowing the names of an earlier start.
    await lab().deleteAuthenticationConfigMap();
    const ran = await sample();
    await lab().restore(state);
    expect(outcome(ran)).toEqual({ done: [], failed: 'preflight', because, status: 1 });
  });
});
