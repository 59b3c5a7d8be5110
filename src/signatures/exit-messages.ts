/**
 * The lines by which an extension server that exits, or never becomes ready, tells why: each row with what it means, with the checks that
 * would explain it, and with the repair. k8s.io/apiserver writes them (v0.35 – v0.37) unless a row says otherwise.
 */

import { exitText } from '../facts/exit-log.ts';
import type { LastWords } from '../model.ts';

interface Row {
  readonly name: string;
  readonly matches: RegExp;
  readonly means: string;
  readonly explainedBy?: readonly string[];
  readonly repair: string;
  /** It keeps a server that runs from being ready: whenever it was said, or only what it goes on saying. */
  readonly ofRunning?: 'ever' | 'still';
}

/** The first that matches any line counts: what is more exact stands first. */
const rows: readonly Row[] = [
  {
    name: 'configmap-forbidden',
    matches:
      /configmaps "extension-apiserver-authentication" is forbidden|Unable to get configmap\/extension-apiserver-authentication.*(?:forbidden|Usually fixed by)/,
    means: 'may not read ConfigMap kube-system/extension-apiserver-authentication',
    explainedBy: ['authentication-reader-missing'],
    repair: 'bind its ServiceAccount to Role extension-apiserver-authentication-reader in kube-system',
  },
  {
    name: 'configmap-unusable',
    matches: /unable to load configmap based request-header-client-ca-file: (?:invalid character|json:|unexpected end of JSON)/,
    means: 'cannot read a value of ConfigMap kube-system/extension-apiserver-authentication',
    explainedBy: ['configmap-value-unusable'],
    repair: 'repair that ConfigMap: aggctl certs shows what it holds',
  },
  {
    name: 'configmap-lacks',
    matches: /configmaps "extension-apiserver-authentication" not found|cluster doesn't provide (?:requestheader-)?client-ca-file/,
    means: "finds no CA of the front proxy in kube-system's ConfigMap extension-apiserver-authentication",
    explainedBy: ['requestheader-ca-missing', 'configmap-missing', 'configmap-requestheader-missing'],
    repair: 'set `--requestheader-client-ca-file` on kube-apiserver, which then writes it',
  },
  {
    name: 'kube-apiserver-unreachable',
    matches:
      /(?:extension-apiserver-authentication|https:\/\/\S+:443\/api).*(?:i\/o timeout|no route to host|connection refused|no such host|network is unreachable)/,
    means: 'gets no connection to kube-apiserver from its pod',
    repair: 'let its pods reach Service default/kubernetes: kube-proxy, the CNI and egress NetworkPolicies on its node',
  },
  {
    // k8s.io/client-go, rest/config.go.
    name: 'no-token',
    matches: /unable to load in-cluster configuration|serviceaccount\/token: no such file or directory/,
    means: 'finds no ServiceAccount token in its pod',
    repair: 'mount one: remove `automountServiceAccountToken: false` from the pod template or the ServiceAccount',
  },
  {
    name: 'file-absent',
    matches: /open \S+\.(?:crt|pem|key): no such file or directory/,
    means: 'does not find a certificate or key that one of its arguments names',
    repair:
      'have the Secret that is mounted there hold it under that name (`tls.crt` and `tls.key` in one of type kubernetes.io/tls), or correct the argument, such as `--tls-cert-file`',
  },
  {
    name: 'etcd-not-named',
    matches: /--etcd-servers must be specified/,
    means: 'is not told where its etcd is',
    repair: "add `--etcd-servers` to the container's arguments; arguments that are overridden replace all of them",
  },
  {
    name: 'etcd-down',
    ofRunning: 'still',
    matches:
      /etcd (?:client|grpc) connection not (?:yet established|ready)|unable to create REST storage for a resource due to|error getting data from etcd|Unable to create storage backend|createTransport failed to connect to \{Addr: "\S+:2379"|:2379\S*.*connection refused|connection refused.*:2379/,
    means: 'does not reach its etcd',
    repair: 'look at its etcd: a container beside it, or the address in `--etcd-servers`',
  },
  {
    name: 'port-taken',
    matches: /bind: address already in use/,
    means: 'cannot listen: its port is taken, on the host where `hostNetwork` is on',
    repair: 'give it another port (`--secure-port`, and the targetPort of the Service), or take it off the host network',
  },
  {
    name: 'port-not-permitted',
    matches: /bind: permission denied/,
    means: 'may not listen on a port below 1024, as it does not run as root',
    repair: 'give it a port from 1024 on (`--secure-port`, and the targetPort of the Service)',
  },
  {
    name: 'certificates-not-writable',
    matches: /error creating self-signed certificates:.*(?:permission denied|read-only file system)/,
    means: 'cannot write the serving certificate that it makes for itself',
    repair:
      'mount a serving certificate and name it in `--tls-cert-file` and `--tls-private-key-file`, or make `--cert-dir` a writable volume',
  },
  {
    name: 'flag-unknown',
    matches: /unknown (?:shorthand )?flag: |flag provided but not defined: |invalid argument ".*" for "--|flag needs an argument/,
    means: 'does not know one of its arguments',
    repair: "correct the container's arguments: they belong to another version of the image",
  },
  {
    // Kubernetes 1.22 removed authorization.k8s.io/v1beta1 and authentication.k8s.io/v1beta1.
    name: 'too-old',
    matches: /(?:subjectaccessreviews|tokenreviews|webhook auth\w+).*the server could not find the requested resource/i,
    means: 'asks kube-apiserver in a version of the API that was removed in 1.22',
    repair: 'install a newer version of the extension server',
  },
  {
    name: 'other-architecture',
    matches: /exec format error/,
    means: 'is built for another processor than that of its node',
    repair: 'use an image for the architecture of the node, or a nodeSelector on kubernetes.io/arch',
  },
  {
    // sigs.k8s.io/metrics-server, pkg/scraper/scraper.go, v0.9.0.
    name: 'kubelet-certificates',
    ofRunning: 'ever',
    matches: /Failed to scrape node.*x509: /,
    means: "cannot verify the kubelets' serving certificates, so that it has no metrics to serve",
    repair:
      "have the cluster's CA sign the kubelets' serving certificates (`serverTLSBootstrap: true` in the kubelet's configuration, then approve the certificate signing requests), and give metrics-server that CA with `--kubelet-certificate-authority`",
  },
  {
    name: 'kubelet-forbidden',
    ofRunning: 'ever',
    matches: /Failed to scrape node.*(?:403|forbidden|401|Unauthorized)/i,
    means: 'may not read metrics from the kubelets, so that it has none to serve',
    repair: 'give its ServiceAccount `get` on nodes/metrics by a ClusterRole',
  },
  {
    name: 'kubelet-unreachable',
    ofRunning: 'ever',
    matches: /Failed to scrape node/,
    means: 'gets no metrics from the kubelets, so that it has none to serve',
    repair: 'let its pod reach port 10250 of every node, at the address type of `--kubelet-preferred-address-types`',
  },
  {
    // k8s.io/client-go, tools/cache/reflector.go: a server that waits for its informers to sync never listens, or is never ready.
    name: 'informer-forbidden',
    ofRunning: 'ever',
    matches: /failed to (?:list|watch) \*\S+: .* is forbidden: User /i,
    means: 'may not list what it watches, and waits for that before it serves',
    repair: 'give its ServiceAccount `get`, `list` and `watch` on what its log names, by a ClusterRole and its ClusterRoleBinding',
  },
  {
    name: 'informer-not-served',
    ofRunning: 'ever',
    matches: /failed to (?:list|watch) \*\S+: the server could not find the requested resource/i,
    means: 'watches a resource that this cluster does not serve, and waits for that before it serves',
    repair:
      'install a version of the extension server that is made for this version of Kubernetes, or serve what its log names (a CustomResourceDefinition, a version of `--runtime-config`); one made with k8s.io/apiserver 0.36 or later can run on older clusters with `--disable-admission-plugins=MutatingAdmissionPolicy`',
  },
];

/** A container that runs, since when, and the time now. */
interface Running {
  readonly since: Date;
  readonly now: Date;
}

/**
 * Of a process that ended: its very last words, else the newest line of the first row that matches. Of one that runs only what keeps it from
 * being ready: it may have outlived the rest, such as an etcd that came up a second later. null: it says nothing of the kind.
 */
export function lastWordsIn(log: string, running: Running | null = null): Pick<LastWords, 'text' | 'meaning'> | null {
  const end = running ? null : (exitText(log) ?? etcdText(log));
  const lines = end === null ? log.split('\n').filter((line) => line.trim() !== '') : [end];
  for (const { name, matches, means, explainedBy = [], repair, ofRunning } of rows) {
    const line = running && !ofRunning ? undefined : lines.findLast((one) => matches.test(one));
    if (line && (!running || ofRunning === 'ever' || isSaidStill(line, running)))
      return { text: brief(line), meaning: { name, means, explainedBy, repair } };
  }
  return end === null ? null : { text: brief(end), meaning: null };
}

/** Why an etcd gave up (go.etcd.io/etcd v3.6.16, server/etcdmain/etcd.go): the newest error of its main program. */
const etcdText = (log: string): string | null => log.match(/(?<="caller":"etcdmain\/.*"error":")(?:[^"\\]|\\.)*(?=")/g)?.at(-1) ?? null;

/** Seconds after its start in which a server finds what it needs; and the longest that gRPC waits before it tries again, and says so, with some to spare. */
const settling = 10;
const silence = 180;

/** By the time in klog's header, which lacks the year. */
function isSaidStill(line: string, { since, now }: Running): boolean {
  const [, month, day, time] = /^[EFWI](\d\d)(\d\d) ([\d:.]+) /.exec(line) ?? [];
  const at = Date.parse(`${now.getUTCFullYear()}-${month}-${day}T${time}Z`);
  return at - since.getTime() > settling * 1000 && now.getTime() - at < silence * 1000;
}

/** Without klog's header, and no longer than somebody reads. */
const brief = (line: string): string => {
  const bare = line
    .replace(/^\S*\d\d:\d\d:\d\d\S*\s+/, '')
    .replace(/^[EFWI]\d{4} [\d:.]+ +\d+ /, '')
    .trim();
  return bare.length > 300 ? `${bare.slice(0, 299)}…` : bare;
};
