import { expect, test } from 'vitest';
import { exitMessageIn } from '../../src/signatures/exit-messages.ts';

const forbidden =
  'unable to load configmap based request-header-client-ca-file: configmaps "extension-apiserver-authentication" is forbidden: User "system:serviceaccount:wardle:apiserver" cannot get resource "configmaps" in API group "" in the namespace "kube-system"';

test.each([
  ['configmap-forbidden', forbidden],
  [
    'configmap-forbidden',
    "W1123 13:00:00.000000       1 authentication.go:397] Unable to get configmap/extension-apiserver-authentication in kube-system.  Usually fixed by 'kubectl create rolebinding -n kube-system ROLEBINDING_NAME --role=extension-apiserver-authentication-reader --serviceaccount=YOUR_NS:YOUR_SA'",
  ],
  [
    'configmap-unusable',
    "unable to load configmap based request-header-client-ca-file: invalid character 'b' looking for beginning of value",
  ],
  ['configmap-lacks', "Error: cluster doesn't provide requestheader-client-ca-file"],
  [
    'kube-apiserver-unreachable',
    'Error: unable to load configmap based request-header-client-ca-file: Get "https://10.96.0.1:443/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication": dial tcp 10.96.0.1:443: i/o timeout',
  ],
  [
    'no-token',
    'panic: failed to get delegated authentication kubeconfig: failed to get delegated authentication kubeconfig: unable to load in-cluster configuration, KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT must be defined',
  ],
  ['no-token', 'open /var/run/secrets/kubernetes.io/serviceaccount/token: no such file or directory'],
  ['file-absent', 'Error: open /serving/tls.crt: no such file or directory'],
  [
    'informer-not-served',
    'E1123 13:00:00.000000 1 reflector.go:227] "Failed to watch" err="failed to list *v1.MutatingAdmissionPolicy: the server could not find the requested resource (get mutatingadmissionpolicies.admissionregistration.k8s.io)" logger="UnhandledError"',
  ],
  ['etcd-not-named', 'Error: --etcd-servers must be specified'],
  ['etcd-down', 'F1123 13:00:00.000000       1 x.go:1] error getting data from etcd: context deadline exceeded'],
  ['etcd-down', 'etcd client connection not yet established'],
  [
    'etcd-down',
    'panic: unable to create REST storage for a resource due to etcd grpc connection not ready: context deadline exceeded, will die',
  ],
  [
    'etcd-down',
    'W1123 13:00:00.000000 1 logging.go:55] [core] [Channel #1] grpc: addrConn.createTransport failed to connect to {Addr: "localhost:2379", }. Err: connection error: desc = "transport: Error while dialing: dial tcp 127.0.0.1:2379: connect: connection refused"',
  ],
  [
    'etcd-down',
    'W1123 17:06:33.200579       1 logging.go:59] [core] [Channel #22 SubChannel #23] grpc: addrConn.createTransport failed to connect to {Addr: "127.0.0.1:2379", ServerName: "127.0.0.1:2379", }. Err: connection error: desc = "error reading server preface: read tcp 127.0.0.1:53624->127.0.0.1:2379: use of closed network connection"',
  ],
  [
    'port-taken',
    'Error: failed to create listener: failed to listen on 0.0.0.0:10250: listen tcp 0.0.0.0:10250: bind: address already in use',
  ],
  [
    'port-not-permitted',
    'Error: failed to create listener: failed to listen on 0.0.0.0:443: listen tcp 0.0.0.0:443: bind: permission denied',
  ],
  ['certificates-not-writable', 'Error: error creating self-signed certificates: mkdir apiserver.local.config: permission denied'],
  ['argument-unknown', 'Error: unknown flag: --enable-swagger-ui'],
  ['too-old', 'Failed to make webhook authorizer request: the server could not find the requested resource'],
  ['other-architecture', 'exec /metrics-server: exec format error'],
  [
    'kubelet-certificates',
    `E1123 13:00:00.000000       1 scraper.go:149] "Failed to scrape node" err="Get \\"https://10.0.0.5:10250/metrics/resource\\": tls: failed to verify certificate: x509: cannot validate certificate for 10.0.0.5 because it doesn't contain any IP SANs" node="cp-1"`,
  ],
  [
    'kubelet-forbidden',
    'E1123 13:00:00.000000 1 scraper.go:149] "Failed to scrape node" err="request failed, status: \\"403 Forbidden\\"" node="cp-1"',
  ],
  [
    'informer-forbidden',
    `E1123 13:00:00.000000 1 reflector.go:227] "Failed to watch" err="failed to list *v1.Node: nodes is forbidden: User \\"system:serviceaccount:kube-system:metrics-server\\" cannot list resource \\"nodes\\" in API group \\"\\" at the cluster scope" logger="UnhandledError"`,
  ],
  [
    'informer-not-served',
    'E1123 17:27:47.397270       1 reflector.go:227] "Failed to watch" err="failed to list *v1.MutatingAdmissionPolicy: the server could not find the requested resource" reflector="k8s.io/client-go@v0.37.2/tools/cache/reflector.go:343" type="*v1.MutatingAdmissionPolicy"',
  ],
  ['kubelet-unreachable', 'E1123 13:00:00.000000 1 scraper.go:149] "Failed to scrape node" err="context deadline exceeded" node="cp-1"'],
])('%s', (name, line) => {
  expect(exitMessageIn(`I1123 12:59:59.000000       1 start.go:1] hello\n${line}\n`)?.signature?.kind).toBe(name);
});

test('what a server that runs has outlived says nothing', () => {
  const log = 'W1123 13:00:00.000000 1 logging.go:55] dial tcp 127.0.0.1:2379: connect: connection refused\n';
  const from = (since: string, now: string) => ({ since: new Date(`2026-11-23T${since}Z`), now: new Date(`2026-11-23T${now}Z`) });
  expect(exitMessageIn(log, from('12:59:58', '13:01:00'))).toBeNull();
  expect(exitMessageIn(log, from('12:00:00', '13:05:00'))).toBeNull();
  expect(exitMessageIn(log, from('12:00:00', '13:01:00'))?.signature?.kind).toBe('etcd-down');
  expect(exitMessageIn(log)?.signature?.kind).toBe('etcd-down');
  const scraped = 'E1123 13:00:00.000000 1 scraper.go:149] "Failed to scrape node" err="x"\n';
  expect(exitMessageIn(scraped, from('12:59:58', '13:05:00'))?.signature?.kind).toBe('kubelet-unreachable');
});

test('the last words of a process count before what it said earlier', () => {
  const log =
    'W1123 13:00:00.000000 1 logging.go:55] dial tcp 127.0.0.1:2379: connect: connection refused\nE1123 13:00:01.000000       1 run.go:72] "command failed" err="listen tcp :2: bind: address already in use"\n';
  expect(exitMessageIn(log)).toMatchObject({ text: 'listen tcp :2: bind: address already in use', signature: { kind: 'port-taken' } });
});

test('without a last word the newest line of a row counts, and shows without the header of the log', () => {
  const said = exitMessageIn(
    'E1123 13:00:00.000000       1 serve.go:72] listen tcp :1: bind: address already in use\nE1123 13:00:01.000000       1 serve.go:72] listen tcp :2: bind: address already in use\n',
  );
  expect(said?.text).toBe('serve.go:72] listen tcp :2: bind: address already in use');
});

test('of a process that ends by itself the words are shown, whatever they mean', () => {
  expect(exitMessageIn('E1123 13:00:00.000000       1 run.go:72] "command failed" err="something new"\n')).toEqual({
    text: 'something new',
    signature: null,
  });
});

test('etcd says why it gives up, before it closes', () => {
  const log = `{"level":"fatal","ts":"2026-11-23T17:28:16.078788Z","caller":"etcdmain/etcd.go:183","msg":"discovery failed","error":"cannot access data directory: mkdir /data/etcd: read-only file system","stacktrace":"x"}
{"level":"info","ts":"2026-11-23T17:28:16.078764Z","caller":"embed/etcd.go:428","msg":"closed etcd server","name":"default"}
`;
  expect(exitMessageIn(log)).toEqual({ text: 'cannot access data directory: mkdir /data/etcd: read-only file system', signature: null });
});

test('a log that tells of no end says nothing', () => {
  expect(exitMessageIn('I1123 13:00:00.000000       1 start.go:1] hello\n')).toBeNull();
});
