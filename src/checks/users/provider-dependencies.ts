/** What providers of metrics depend on. */
import type { ApiService, DependencyKind, Fix } from '../../model.ts';
import { sh } from '../../sh.ts';

/** How a provider of metrics comes to reach again what they come from; null: nothing tells what that is. KEDA's adapter dials Service keda-operator, port 9666, of its own namespace unless told otherwise (kedacore/keda, cmd/adapter/main.go, v2.20). */
export function reachAgain(dependency: DependencyKind | null, { namespace, name }: ApiService['service']): Fix {
  const log = sh`kubectl -n ${namespace} logs service/${name} --tail=50`;
  if (dependency === 'keda-operator') {
    return {
      text: "KEDA's adapter gets every metric from its operator, by gRPC on port 9666 of Service keda-operator. Check that the operator runs, that its Service has endpoints, and that NetworkPolicies let the adapter reach it; restart the adapter only if all that is so:",
      commands: [
        sh`kubectl -n ${namespace} get deployments,pods -l app=keda-operator`,
        sh`kubectl -n ${namespace} get endpointslices -l kubernetes.io/service-name=keda-operator`,
        sh`kubectl -n ${namespace} logs -l app=keda-operator --tail=50`,
        log,
      ],
    };
  }
  if (dependency === 'prometheus') {
    return {
      text: 'The adapter gets no answer from Prometheus. Check the address in `--prometheus-url` and that Prometheus answers there; the log says which error it meets:',
      commands: [log, sh`kubectl -n ${namespace} get deployments -o yaml | grep -n prometheus-url`],
    };
  }
  return {
    text: "The error is the provider's own, of what it depends on. Its log has the cause:",
    commands: [log],
  };
}
/** What fails, as a clause. */
export const without: Readonly<Record<DependencyKind, string>> = {
  'keda-operator': "KEDA's adapter does not reach its operator",
  prometheus: 'the adapter does not reach Prometheus',
};
