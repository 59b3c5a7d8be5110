/** The APIService: from here on kube-apiserver sends what concerns wardle.example.com to the sample. */
import { pathOf } from '../paths.ts';
import { apiServiceName } from '../plan.ts';
import { applied, done, late, read, type SampleStep } from '../step.ts';

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
      if (passed) return done;
      if (!(await hands.pause()))
        return late(
          `APIService \`${apiServiceName}\` does not become available: ${found.ok ? `${reason}${message && `, ${message}`}` : found.message}`,
        );
    }
  },
};
