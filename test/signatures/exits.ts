/** What kube-apiserver said last before it exited, and every kind of src/signatures that it is of. */

/** A file of the front proxy's. */
export const ownFile = '/etc/kubernetes/pki/front-proxy-client.crt';

export const exitTexts: readonly (readonly [text: string, ...kinds: string[]])[] = [
  ['unknown flag: --requestheader-allowed-name', 'exits-by-unknown-flag'],
  ['bad flag syntax: --=x', 'exits-by-flag-syntax'],
  ["unknown shorthand flag: 'r' in -requestheader-allowed-names=x", 'exits-by-flag-syntax'],
  ['flag needs an argument: --proxy-client-key-file', 'exits-by-flag-syntax'],
  ['invalid argument "maybe" for "--enable-aggregator-routing" flag: strconv.ParseBool: parsing "maybe"', 'exits-by-flag-syntax'],
  ['"kube-apiserver" does not take any arguments, got ["kube-apiserver" "true"]', 'exits-by-flag-syntax'],
  ['empty value in "requestheader-username-headers"', 'exits-by-empty-value'],
  ['--requestheader-uid-headers requires the "RemoteRequestHeaderUID" feature to be enabled', 'exits-by-uid-headers'],
  [
    '--requestheader-client-ca-file and --client-ca-file contain overlapping certificates; --requestheader-allowed-names must be specified to ensure regular client certificates cannot set authenticating proxy headers for arbitrary users',
    'exits-by-overlapping-cas',
  ],
  [
    'anonymous: Forbidden: --anonymous-auth flag cannot be set when anonymous field is configured in authentication configuration file',
    'exits-by-anonymous-auth',
  ],
  ['failed to validate egress selector configuration: service.connection: Unsupported value: "clusters"', 'exits-by-egress-selector'],
  ['API group/version apiregistration.k8s.io/v1 must be enabled', 'exits-by-api-disabled'],
  ['--peer-ca-file requires UnknownVersionInteroperabilityProxy feature to be turned on', 'exits-by-peer-proxy'],
  ['--peer-advertise-ip requires UnknownVersionInteroperabilityProxy feature to be turned on', 'exits-by-peer-proxy'],
  ['--peer-advertise-port requires UnknownVersionInteroperabilityProxy feature to be turned on', 'exits-by-peer-proxy'],
  ['error building peer proxy handler, proxy-cert-file not specified', 'exits-by-peer-proxy'],
  ['unable to load client CA provider: "request-header::/pki/ca.crt"', 'exits-by-requestheader-ca'],
  ['error reading "aggregator-proxy-cert::/pki/x.crt::/pki/x.key"', 'exits-by-front-proxy-pair'],
  ['tls: private key does not match public key', 'exits-by-front-proxy-pair'],
  ['x509: malformed certificate', 'exits-by-front-proxy-pair'],
  [`open ${ownFile}: no such file or directory`, 'exits-by-absent-file'],
  ['open /etc/kubernetes/pki/etcd/ca.crt: no such file or directory'],
  [`open ${ownFile}: permission denied`, 'exits-by-denied-file'],
  ['open /etc/kubernetes/pki/etcd/ca.crt: permission denied'],
  [`read ${ownFile}: is a directory`, 'exits-by-folder'],
  ['read /etc/kubernetes/pki/etcd/ca.crt: is a directory'],
  ['no etcd'],
];

/** A line as containerd keeps it. */
export const cri = (line: string) => `2026-11-23T10:12:00.123456789Z stderr F ${line}\n`;
/** As component-base says it. */
export const failed = (text: string) => `E1123 10:12:00.123456       1 run.go:72] "command failed" err=${text}`;

/** Logs, and what the process said last. */
export const exitLogs: readonly (readonly [name: string, log: string, text: string | null])[] = [
  ['a process that goes on', cri('I1123 10:12:00.123456       1 controller.go:1] Started'), null],
  ['nothing', '', null],
  ['component-base', cri(failed('"empty value in \\"requestheader-allowed-names\\""')), 'empty value in "requestheader-allowed-names"'],
  [
    'component-base, of several lines',
    ['', '\tone', '\ttwo "x"', ' > logger="y"'].map((rest, at) => cri(at === 0 ? failed('<') : rest)).join(''),
    'one\ntwo "x"',
  ],
  ['of several lines, cut', cri(failed('<')), '<'],
  ['cobra', cri('Error: unknown flag: --nope'), 'unknown flag: --nope'],
  ['a panic', `${cri('panic: runtime error')}${cri('goroutine 1 [running]:')}`, 'panic: runtime error'],
  ['a fatal line of klog', cri('F1123 10:12:00.123456       1 main.go:1] no etcd'), 'no etcd'],
  ['Docker', `${JSON.stringify({ log: 'Error: unknown flag: --nope\n', stream: 'stderr' })}\n`, 'unknown flag: --nope'],
  ['klog in JSON', cri(JSON.stringify({ ts: 1795438800000.1, caller: 'cli/run.go:72', msg: 'command failed', err: 'a "b"' })), 'a "b"'],
  ['zap', cri('{"level":"fatal","ts":1795438800.1,"msg":"cannot start","error":"x"}'), 'cannot start: x'],
  ['zap, of an error that ends nothing', cri('{"level":"error","ts":1795438800.1,"msg":"cannot start","error":"x"}'), null],
  ['zap for a console', '2026-11-23T10:12:00.123Z\tFATAL\tsetup\tcannot start\t{"error": "x"}', 'cannot start: x'],
  ['zap for a console, without an error', '2026-11-23T10:12:00.123Z\tFATAL\tsetup\tcannot start', 'cannot start'],
  ['logrus', cri('time="2026-11-23T10:12:00Z" level=fatal msg="say \\"no\\"" error=EOF'), 'say "no": EOF'],
  ['logrus, of an error that ends nothing', cri('time="2026-11-23T10:12:00Z" level=error msg=no'), null],
  ['logrus, in colour', 'FATA[0000] no etcd', 'no etcd'],
  ['JSON of a level without a message', '{"level":"fatal"}', null],
  ['the last of two', cri('Error: one') + cri('Error: two'), 'two'],
];
