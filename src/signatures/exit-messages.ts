/**
 * The lines by which an extension server that exits, or never becomes ready, tells why: each row with what it means and
 * what to do. k8s.io/apiserver writes them (v0.35 – v0.37) unless a row says otherwise.
 */

import { type ExitMessageRow, kubeletRows } from './kubelet-messages.ts';

/** A path that kube-apiserver serves, and a Prometheus, which has `/api/v1`, too, does not. */
const ofKubeApiserver =
  'https://[^\\s"]{1,253}/(?:api\\?|version\\b|apis(?:[?"]|/[a-z\\d.-]{1,253}/v\\d)|api/v1/(?:namespaces|nodes|pods|configmaps|secrets|services|serviceaccounts|endpoints|events|limitranges|resourcequotas|replicationcontrollers|persistentvolume\\w*)\\b)';
/** What client-go calls a request to kube-apiserver: by its URL, or, where it got an answer, by what it was for (tools/cache/reflector.go). */
const asked = `(?:extension-apiserver-authentication|unable to load configmap based |[Ff]ailed to (?:list|watch) \\*\\S{1,200}: |${ofKubeApiserver})`;
/** An error behind a colon, as Go joins them: no part of a name. */
const toKubeApiserver = (because: RegExp): RegExp => new RegExp(`${asked}(?:.{0,2000}?: )?(?:${because.source})(?![\\w.-])`, 's');

/** The first that matches any line counts: what is more exact stands first. */
export const exitMessages: readonly ExitMessageRow[] = [
  {
    kind: 'configmap-forbidden',
    matches:
      /configmaps "extension-apiserver-authentication" is forbidden|Unable to get configmap\/extension-apiserver-authentication.*Usually fixed by/,
    meaning: 'is not allowed to read ConfigMap kube-system/extension-apiserver-authentication',
    next: 'bind its ServiceAccount to Role extension-apiserver-authentication-reader in kube-system',
  },
  {
    kind: 'configmap-unusable',
    matches: /unable to load configmap based request-header-client-ca-file: (?:invalid character|json:|unexpected end of JSON)/,
    meaning: 'cannot read a value of ConfigMap kube-system/extension-apiserver-authentication',
    next: 'fix that ConfigMap: aggctl certs shows its contents',
  },
  {
    kind: 'configmap-lacks',
    matches: /configmaps "extension-apiserver-authentication" not found|cluster doesn't provide requestheader-client-ca-file/,
    meaning: 'finds no requestheader CA in ConfigMap kube-system/extension-apiserver-authentication',
    next: 'set `--requestheader-client-ca-file` on kube-apiserver, which then publishes the CA',
  },
  {
    kind: 'kube-apiserver-distrusted',
    matches: toKubeApiserver(/x509: certificate signed by unknown authority/),
    meaning:
      "does not trust kube-apiserver's serving certificate: its pod holds another cluster CA, as one does that is older than a rotation",
    next: "recreate its pods, so that they get the current CA; if that does not help, compare ConfigMap kube-root-ca.crt of its namespace with the CA of kube-apiserver's serving certificate",
    restarts: true,
  },
  {
    kind: 'kube-apiserver-certificate',
    matches: toKubeApiserver(/x509: .*/),
    meaning: "rejects kube-apiserver's serving certificate",
    next: "renew kube-apiserver's serving certificate, for the address of Service default/kubernetes too",
  },
  {
    kind: 'token-rejected',
    matches: toKubeApiserver(/Unauthorized|the server has asked for the client to provide credentials/),
    meaning: 'is rejected by kube-apiserver: the ServiceAccount token in its pod is not valid, as after a change of the signing key',
    next: 'recreate its pods, so that they get a new token',
    restarts: true,
  },
  {
    kind: 'kube-apiserver-unreachable',
    matches: toKubeApiserver(
      /i\/o timeout|no route to host|connection refused|connection timed out|operation not permitted|no such host|server misbehaving|network is unreachable/,
    ),
    meaning: 'cannot connect to kube-apiserver from its pod',
    next: 'let its pods reach Service default/kubernetes: kube-proxy, the CNI and egress NetworkPolicies on its node',
  },
  {
    // golang/go, net/http/transport.go and client.go: a connection that may stand, and nothing comes back.
    kind: 'kube-apiserver-silent',
    matches: toKubeApiserver(
      /context deadline exceeded|net\/http: (?:TLS handshake timeout|request canceled|timeout awaiting response headers)|http2: client connection lost|connection reset by peer|(?:unexpected )?EOF/,
    ),
    meaning: 'gets no answer from kube-apiserver in time',
    next: 'check that its node reaches Service default/kubernetes, also with large packets (kube-proxy, the MTU of the CNI, egress NetworkPolicies), and that kube-apiserver is not overloaded; then restart its pods',
    restarts: true,
  },
  {
    // k8s.io/client-go, rest/config.go.
    kind: 'no-token',
    matches: /unable to load in-cluster configuration|serviceaccount\/token: no such file or directory/,
    meaning: 'finds no ServiceAccount token in its pod',
    next: 'mount a token: remove `automountServiceAccountToken: false` from the pod template or the ServiceAccount',
  },
  {
    kind: 'file-absent',
    // pkg/server/options/authentication.go names the two CA files, whatever they are called.
    matches:
      /open \S+\.(?:crt|pem|key): no such file or directory|unable to load (?:client CA provider|request-header-client-ca-file): open [^:]{1,4096}: no such file/,
    meaning: 'does not find a certificate or key file named in its arguments',
    next: 'add it under that name to the mounted Secret (`tls.crt` and `tls.key` in one of type kubernetes.io/tls), or correct the argument, such as `--tls-cert-file`',
  },
  {
    kind: 'etcd-not-named',
    matches: /--etcd-servers must be specified/,
    meaning: 'has no address of its etcd',
    next: "add `--etcd-servers` to the container's arguments; overridden arguments replace all of them",
  },
  {
    kind: 'etcd-down',
    ofRunning: 'still',
    matches:
      /etcd (?:client|grpc) connection not (?:yet established|ready)|unable to create REST storage for a resource due to|error getting data from etcd|Unable to create storage backend|createTransport failed to connect to \{Addr: "\S+:2379"|:2379\S*.*connection refused/,
    meaning: 'cannot reach its etcd',
    next: 'check its etcd: a container in the same pod, or the address in `--etcd-servers`',
  },
  {
    kind: 'port-taken',
    matches: /bind: address already in use/,
    meaning: 'cannot listen because its port is in use, on the host if `hostNetwork` is set',
    next: "use another port (`--secure-port` and the Service's targetPort), or remove it from the host network",
  },
  {
    kind: 'port-not-permitted',
    matches: /bind: permission denied/,
    meaning: 'cannot listen on a port below 1024 because it does not run as root',
    next: "use a port from 1024 (`--secure-port` and the Service's targetPort)",
  },
  {
    kind: 'certificates-not-writable',
    matches: /error creating self-signed certificates:.*(?:permission denied|read-only file system)/,
    meaning: 'cannot write its self-signed serving certificate',
    next: 'mount a serving certificate and set `--tls-cert-file` and `--tls-private-key-file`, or make `--cert-dir` a writable volume',
  },
  {
    kind: 'argument-unknown',
    matches: /unknown (?:shorthand )?flag: |flag provided but not defined: |invalid argument ".*" for "--|flag needs an argument/,
    meaning: 'does not know one of its arguments',
    next: "correct the container's arguments: they belong to another version of the image",
  },
  {
    // Kubernetes 1.22 removed authorization.k8s.io/v1beta1 and authentication.k8s.io/v1beta1.
    kind: 'too-old',
    matches:
      /webhook auth\w+.*the server could not find the requested resource|the server could not find the requested resource \(post (?:subjectaccessreviews|tokenreviews)\./,
    meaning: 'uses an API version that was removed in 1.22',
    next: 'install a newer version of the extension API server',
  },
  {
    kind: 'other-architecture',
    matches: /exec format error/,
    meaning: "is built for another CPU architecture than its node's",
    next: "use an image for the node's architecture, or a nodeSelector on kubernetes.io/arch",
  },
  {
    // The server goes on without it: what ends it stands above.
    // Up to 0.16 pkg/server/options/authentication.go looked it up; since then pkg/server/dynamiccertificates/configmap_cafile_content.go misses it.
    kind: 'configmap-lacks-client-ca',
    matches:
      /cluster doesn't provide client-ca-file|\bclient-ca-file (?:is )?not found|missing content for CA bundle "client-ca::kube-system::extension-apiserver-authentication::client-ca-file"/,
    meaning: 'finds no client CA in ConfigMap kube-system/extension-apiserver-authentication',
    next: 'set `--client-ca-file` on kube-apiserver, which then publishes the CA',
  },
  ...kubeletRows,
  {
    // k8s.io/client-go, tools/cache/reflector.go: a server that waits for its informers to sync never listens, or is never ready.
    kind: 'informer-forbidden',
    ofRunning: 'ever',
    matches: /failed to (?:list|watch) \*\S+: .* is forbidden: User /i,
    meaning: 'is not allowed to list the resources that it watches, and waits for them before it serves',
    next: 'grant its ServiceAccount `get`, `list` and `watch` on the resources in its log, with a ClusterRole and a ClusterRoleBinding',
  },
  {
    kind: 'informer-not-served',
    ofRunning: 'ever',
    matches: /failed to (?:list|watch) \*\S+: the server could not find the requested resource/i,
    meaning: 'watches a resource that this cluster does not serve, and waits for it before it serves',
    next: 'install a version of the extension API server that supports this version of Kubernetes, or serve the resource in its log (a CustomResourceDefinition, a version of `--runtime-config`); one made with k8s.io/apiserver 0.36 or later can run on older clusters with `--disable-admission-plugins=MutatingAdmissionPolicy`',
  },
];
