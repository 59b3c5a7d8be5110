/** Lines of kube-apiserver's log that alarm people and are no fault by themselves. */

export interface HarmlessRow {
  readonly matches: RegExp;
  readonly meaning: string;
}

export const harmless: readonly HarmlessRow[] = [
  {
    // k8s.io/kube-aggregator, pkg/controllers/openapi/controller.go and openapiv3/controller.go, v0.37.2.
    matches: /OpenAPI AggregationController: (?:action for item \S+: (?:Nothing|Rate Limited Requeue)|Processing item )/,
    meaning:
      'kube-apiserver asks an extension API server for its OpenAPI document again. Until it gets one, `kubectl explain` and validation lack the types of that API',
  },
  {
    // The same, pkg/controllers/openapi/aggregator/downloader.go.
    matches: /loading OpenAPI spec for "[^"]*" failed with: /,
    meaning:
      'the OpenAPI document of that API could not be read. If its APIService is `True`, requests work all the same; if not, this is a consequence',
  },
  {
    // k8s.io/kube-aggregator, pkg/apiserver/handler_proxy.go, v0.37.2.
    matches: /no RequestInfo found in the context/,
    meaning: "kube-apiserver's own request for an OpenAPI document passed a handler that logs requests of users",
  },
  {
    // net/http, server.go.
    matches: /http: TLS handshake error from \S+: (?:EOF|remote error: tls: (?:bad|unknown) certificate|.*connection reset by peer)/,
    meaning:
      'a client ended its connection during the handshake, as load balancers do that only test the port, and clients that do not trust the certificate',
  },
];
