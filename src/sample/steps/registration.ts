/** The APIService: from now on kube-apiserver sends requests for wardle.example.com to the sample. */
import { apiPath } from '../../api-path.ts';
import type { Hands, Manifest, Outcome } from '../../model.ts';
import { collectionOf, pathOf } from '../paths.ts';
import { apiServiceName, ownPath } from '../plan.ts';
import { applied, done, failed, late, read, type SampleStep } from '../step.ts';

/** The reasons of kube-aggregator's condition Available (k8s.io/kube-aggregator v0.37.2, pkg/controllers/status/remote). */
const words: Readonly<Record<string, string>> = {
  ServiceNotFound: 'kube-apiserver does not see the Service yet',
  ServiceAccessError: 'kube-apiserver cannot read the Service',
  ServicePortError: 'the Service has no port 443',
  EndpointsNotFound: 'the Service has no endpoints yet',
  EndpointsAccessError: "kube-apiserver cannot read the Service's endpoints",
  MissingEndpoints: 'no endpoint of the Service is ready yet',
  FailedDiscoveryCheck: 'kube-apiserver calls the sample and gets no valid answer',
  Passed: 'kube-apiserver reaches the sample, and all its own checks pass',
};

export const registration: SampleStep = {
  id: 'registration',
  title: 'Register the sample with kube-apiserver as an APIService',
  proves: 'kube-apiserver reaches the sample through the Service, and the sample accepts its front-proxy certificate',
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
      const saying = condition ? `Available is ${status}, ${reason}: ${words[reason] ?? message}` : 'kube-apiserver has not checked it yet';
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

/** Updates of the APIService persist: its spec, its metadata and, through the subresource, its status. */
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
  const changed = [await writer.apply(path, marked), await writer.apply(apiPath`${{ path }}/status`, withStatus([own]))];
  const [listed, shown] = await Promise.all([read(source, ownPath(collectionOf(apiService))), read(source, apiPath`${{ path }}/status`)]);
  const restored = [await writer.apply(path, apiService), await writer.apply(apiPath`${{ path }}/status`, withStatus([]))];
  for (const written of [...changed, ...restored]) if (!written.ok) return failed(`Cannot update the APIService: ${written.message}`);
  const types = (shown.ok && shown.value?.status?.conditions?.map(({ type }: { type: string }) => type)) || [];
  const stays =
    listed.ok &&
    listed.value?.items?.some((item: Manifest) => item.metadata.labels?.['changed-by-aggctl'] === 'yes') &&
    shown.ok &&
    shown.value?.spec?.versionPriority === versionPriority + 1 &&
    ['Available', own.type].every((type) => types.includes(type));
  if (!stays) return failed('Updates of the label, versionPriority and status of the APIService were lost');
  yield 'updates of its spec, labels and status persist, and a list by label finds it';
  return done;
}
