import { sh } from '../../sh.ts';
import { handshakeCheck } from './handshake-check.ts';

export default handshakeCheck({
  id: 'extension-server-not-https',
  title: 'the extension API server serves HTTPS',
  modes: ['T13'],
  signature: 'not-https',
  why: 'kube-apiserver uses only HTTPS, even with `insecureSkipTLSVerify`. Usually the Service points to the port for metrics or health checks.',
  kubernetes: 'The APIService is `False`: `http: server gave HTTP response to HTTPS client`.',
  repair: "Set the Service's targetPort to the extension API server's TLS port.",
  mirrors: 'net/http, transport.go, go1.26; k8s.io/kube-aggregator, pkg/apiserver/handler_proxy.go, v0.37.2',
  because: (server) => `${server} serves plain HTTP, but kube-apiserver uses only HTTPS`,
  fix: ({ service: { namespace, name } }) => ({
    text: "Set the Service's targetPort to the port on which the extension API server serves TLS. To compare them:",
    commands: [
      sh`kubectl -n ${namespace} get service ${name} -o jsonpath='{.spec.ports}{"\\n"}'`,
      sh`kubectl -n ${namespace} get pods -o yaml | grep -n -e secure-port -e containerPort`,
    ],
  }),
});
