/** Whether all extension servers fail in one way: then the cause is kube-apiserver's, not theirs. Pure. */
import type { ApiService, CommonFailure, Failure } from '../model.ts';
import { ofTheWay } from '../signatures/index.ts';

/** Failures in which the extension server itself gave no answer: they say nothing of what it thinks of kube-apiserver. */
const silent = [
  'no-endpoints',
  'service-not-found',
  'service-port',
  'not-routable',
  'connection-refused',
  'root-certificates',
  'no-condition',
  ...ofTheWay,
];

/**
 * Counts extension servers by their Service: several APIServices may be one server's. null when there is no failure, or when those that
 * answer do not all fail alike. What is in transition counts as an answer of its own.
 */
export function commonFailure(all: readonly { readonly service: ApiService; readonly failure: Failure | null }[]): CommonFailure | null {
  const answering = all.filter(({ failure }) => !failure || !silent.includes(failure.signature));
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
