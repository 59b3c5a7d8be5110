/** The APIService: from here on kube-apiserver sends what concerns wardle.example.com to the sample. */
import type { Hands, Manifest, Outcome } from '../../model.ts';
import { collectionOf, pathOf } from '../paths.ts';
import { apiServiceName, ownSelector } from '../plan.ts';
import { applied, done, failed, late, read, type SampleStep } from '../step.ts';

/** The reasons of kube-aggregator's condition Available (k8s.io/kube-aggregator v0.37.2, pkg/controllers/status/remote). */
const words: Readonly<Record<string, string>> = {
  ServiceNotFound: 'kube-apiserver does not see the Service yet',
  ServiceAccessError: 'kube-apiserver cannot look at the Service',
  ServicePortError: 'the Service has no port 443',
  EndpointsNotFound: 'the Service has no endpoints yet',
  EndpointsAccessError: "kube-apiserver cannot look at the Service's endpoints",
  MissingEndpoints: 'no endpoint of the Service is ready yet',
  FailedDiscoveryCheck: 'kube-apiserver reaches for the sample and does not get what it asks for',
  Passed: 'kube-apiserver reaches the sample, and every check of its own passes',
};

export const registration: SampleStep = {
  id: 'registration',
  title: 'Register it with kube-apiserver, as an APIService',
  proves: 'kube-apiserver reaches the sample over the Service, and is let in with its front-proxy certificate',
  hop: 'kube-apiserver to the sample',
  async *run(hands, { objects: { apiService } }) {
    const made = yield* applied(hands, [apiService]);
    if (!made.done) return made;
    let told = '';
    for (;;) {
      const found = await read(hands.source, pathOf(apiService));
      const condition = found.ok && found.value?.status?.conditions?.find((one: { type: string }) => one.type === 'Available');
      const { status = 'Unknown', reason = 'no condition yet', message = '' } = condition || {};
      const passed = status === 'True' && reason === 'Passed';
      const saying = condition ? `Available is ${status}, ${reason}: ${words[reason] ?? message}` : 'kube-apiserver has not judged it yet';
      if (saying !== told) yield saying;
      told = saying;
      if (passed) return yield* kept(hands, apiService);
      if (!(await hands.pause()))
        return late(
          `APIService \`${apiServiceName}\` does not become available: ${found.ok ? `${reason}${message && `, ${message}`}` : found.message}`,
        );
    }
  },
};

/** What is written to the APIService itself stays: to its spec, its metadata, and by the subresource to its status. */
async function* kept({ writer, source }: Hands, apiService: Manifest): AsyncGenerator<string, Outcome> {
  const path = pathOf(apiService);
  const { apiVersion, kind } = apiService;
  const spec = apiService.spec as { readonly versionPriority: number };
  const { versionPriority } = spec;
  const withStatus = (conditions: readonly object[]) => ({ apiVersion, kind, metadata: { name: apiServiceName }, status: { conditions } });
  const lastTransitionTime = new Date().toISOString().replace(/\.\d+Z/, 'Z');
  const own = {
    type: 'SeenByAggctl',
    status: 'True',
    reason: 'DeploySample',
    message: 'written by aggctl deploy-sample',
    lastTransitionTime,
  };
  const mark = { ...apiService.metadata.labels, 'changed-by-aggctl': 'yes' };
  const marked = {
    ...apiService,
    metadata: { ...apiService.metadata, labels: mark },
    spec: { ...spec, versionPriority: versionPriority + 1 },
  };
  const changed = [await writer.apply(path, marked), await writer.apply(`${path}/status`, withStatus([own]))];
  const [listed, shown] = await Promise.all([read(source, `${collectionOf(apiService)}?${ownSelector}`), read(source, `${path}/status`)]);
  const restored = [await writer.apply(path, apiService), await writer.apply(`${path}/status`, withStatus([]))];
  for (const written of [...changed, ...restored])
    if (!written.ok) return failed(`The APIService could not be changed: ${written.message}`);
  const types = (shown.ok && shown.value?.status?.conditions?.map(({ type }: { type: string }) => type)) || [];
  const stays =
    listed.ok &&
    listed.value?.items?.some((item: Manifest) => item.metadata.labels?.['changed-by-aggctl'] === 'yes') &&
    shown.ok &&
    shown.value?.spec?.versionPriority === versionPriority + 1 &&
    ['Available', own.type].every((type) => types.includes(type));
  if (!stays) return failed('The APIService does not show what was written to its label, its versionPriority and its status');
  yield 'what is written to its spec, labels and status stays, and a list by label finds it';
  return done;
}
