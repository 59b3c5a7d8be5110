import type { ApiService, CommonFailure, Failure, LoggedRejection } from '../../model.ts';
import { answeredBy } from '../apiservice/answered-by.ts';
import { apiService } from '../apiservice/api-service.ts';
import { failure } from '../apiservice/failure.ts';
import { logOf } from '../apiservice/log-of.ts';
import { each, fact } from '../engine/declare.ts';
import { valuesOf } from './of-each.ts';
import { served } from './served.ts';

/** What all extension servers that can be reached do alike, but for those whose log names a fault of their own, or in whose place somebody else answers; null: they do not. */
export const commonFailure = fact({
  name: 'commonFailure',
  needs: { services: each(apiService), failures: each(failure), logs: each(logOf), others: each(answeredBy) },
  from: ({ services, failures, logs, others }) => {
    const told = valuesOf(logs);
    return commonAmong(
      served(services, failures).filter((_, index) => {
        const [log, other] = [told[index], others[index]?.observed];
        return !(log?.ok && log.value && isItsOwn(log.value)) && !(other?.ok && other.value);
      }),
    );
  },
});

/** It may not read the ConfigMap, or holds something else than the ConfigMap: the front-proxy certificate is not at fault. */
const isItsOwn = ({ account, kind }: LoggedRejection) => account !== null || kind === 'own-trust';

/** The extension server itself gave no answer: the failure says nothing of what it thinks of kube-apiserver. */
const isSilent = ({ side }: Failure) => side === 'target' || side === 'way';

/**
 * Counts extension servers by their Service: several APIServices may be one server's. null when there is no failure, or when those that
 * answer do not all fail alike. What is in transition counts as an answer of its own.
 */
export function commonAmong(all: readonly { readonly service: ApiService; readonly failure: Failure | null }[]): CommonFailure | null {
  const answering = all.filter(({ failure }) => !failure || !isSilent(failure));
  const first = answering[0]?.failure;
  const alike = answering.every(({ failure }) => failure && !failure.inTransition && failure.signature === first?.signature);
  if (!first || !alike) return null;
  return {
    signature: first.signature,
    text: first.text,
    at: first.at,
    apiServices: answering.map(({ service }) => service.name),
    services: distinct(answering),
    total: distinct(all).length,
  };
}

const distinct = (all: readonly { readonly service: ApiService }[]) => {
  const services = all.map(({ service: { service } }) => service);
  return services.filter(
    (one, index) => services.findIndex((other) => other.namespace === one.namespace && other.name === one.name) === index,
  );
};
