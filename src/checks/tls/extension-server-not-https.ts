import { handshakeCheck } from './handshake-check.ts';

export default handshakeCheck({
  id: 'extension-server-not-https',
  title: 'the extension server speaks TLS',
  modes: ['T13'],
  signature: 'not-https',
  why: 'kube-apiserver speaks HTTPS alone, with `insecureSkipTLSVerify` too. Most often the Service leads to the port of the metrics or of the health checks.',
  kubernetes: 'The APIService is `False`: `http: server gave HTTP response to HTTPS client`.',
  repair: "Point the Service's targetPort to the TLS port of the extension server.",
  mirrors: 'net/http, transport.go, go1.26; k8s.io/kube-aggregator, pkg/apiserver/handler_proxy.go, v0.37.2',
  because: (server) => `what stands behind ${server} speaks plain HTTP, and kube-apiserver only HTTPS`,
  fix: ({ service: { namespace, name } }) => ({
    text: "Point the Service's targetPort to the port on which the extension server serves TLS; to compare them:",
    commands: [
      `kubectl -n ${namespace} get service ${name} -o jsonpath='{.spec.ports}{"\\n"}'`,
      `kubectl -n ${namespace} get pods -o yaml | grep -n -e secure-port -e containerPort`,
    ],
  }),
});
