/** The groups of options that commands share, and what their help says. */
import { type Command, InvalidArgumentError, Option } from 'commander';

/** An empty value, as of an unset variable of a script, would silently be no option at all. */
const given = (value: string): string => {
  if (value === '') throw new InvalidArgumentError('It is empty.');
  return value;
};
const collect = (value: string, earlier: string[] = []): string[] => [...earlier, ...value.split(',').map(given)];

const paths = (value: string, earlier: string[] = []): string[] => [...earlier, given(value)];

export const source = (to: Command) =>
  to
    .optionsGroup('Where to look:')
    .option('--root <dir>', "folder that holds the node's files, such as /host in a debug container", given, '/')
    .option('--manifest <file>', "kube-apiserver's static pod manifest, in place or an edit that kubelet has not seen", given)
    .option(
      '--snapshot <file>',
      'diagnose a recording in place of a live cluster (may be repeated: one for each control-plane node)',
      paths,
    )
    .option('--record <file>', 'write every answer to a file, without secrets, for --snapshot; compressed if it ends in .gz', given)
    .option('--demo [name]', 'diagnose a recording that ships with aggctl');

export const targets = (to: Command) =>
  to
    .optionsGroup('Which, and how often:')
    .option('--all', 'every APIService that a Service serves')
    .option('--unavailable', 'every one that does not serve')
    .option('--wait <span>', 'look again until all is well, as in 2m; exit status 124 when that does not come', given)
    .option('-w, --watch', 'look for ever, and tell each change with its time')
    .option('--history', 'tell what was broken before, too: "broken at 03:00, fine now"');
export const checkExamples = (name: string) => `
A name is v1beta1.metrics.k8s.io, metrics.k8s.io/v1beta1 or apiservice/v1beta1.metrics.k8s.io.

Examples:
  ${name} check-apiservice                                   list the APIServices, each with the cause why it does not serve
  ${name} check-apiservice v1beta1.metrics.k8s.io            where a request through it breaks, and why
  ${name} check-apiservice --unavailable -o json             the same of all that do not serve, for programs
  ${name} check-apiservice metrics.k8s.io/v1beta1 --wait 2m  after an installation: wait until it is healthy
  ${name} check-apiservice --all --watch                     tell when one breaks, comes back, or flaps`;

/** What an extension server presents is seen by these where it cannot be dialled. */
export const reaching = (to: Command) =>
  secrets(
    to.option(
      '--port-forward',
      "dial an extension server's pod through kube-apiserver, to see what it presents (get and create pods/portforward)",
    ),
  );
export const asFrontProxy = (to: Command) =>
  to
    .option(
      '--as-front-proxy',
      'on a control-plane node: ask the extension server directly, too, with the front-proxy pair and without, whom it takes aggctl for',
    )
    .option('-y, --yes', 'present the pair without being asked for confirmation');
export const secrets = (to: Command) =>
  to.option('--read-secrets', 'else read its certificate from its Secret; nothing but tls.crt and ca.crt is kept');

export const expiry = (to: Command) =>
  to
    .optionsGroup('What to judge:')
    .option('--at <time>', 'judge as if it were this time, as in 2027-03-01', given)
    .option('--warn-within <span>', 'warn of certificates that expire within, as in 30d (default: 30d or a fifth of the lifetime)', given)
    .option('--fail-within <span>', 'make that an error within, as in 7d', given);
export const certsStatus =
  '\nExit status: 1 when a certificate is expired or expires within --fail-within (warnings change nothing), 3 when something could not be\nlooked at, else 0. What this place can never show is said once and changes nothing.';

export const judging = (to: Command) =>
  expiry(to)
    .option('--check <id>', 'run only this check (may be repeated)', collect)
    .option('--skip <id>', 'leave this check out (may be repeated)', collect)
    .option('--target-version <version>', 'judge an upgrade, too, as in 1.36 (default: the next version that breaks something)', given)
    .option('--fail-on <severity>', 'exit status 1 from this severity on: error, warning, info or never', 'error')
    .option('--allow-incomplete', 'exit status 0 in place of 3 when something could not be looked at');

/** Of `deploy-sample`. */
export const sample = (to: Command) =>
  to
    .optionsGroup('What to deploy:')
    .option('-n, --namespace <name>', 'namespace to make for it (default: wardle)', given)
    .option('--name-prefix <text>', 'put before the names of its ClusterRole and bindings, where these are taken', given)
    .option('--image <image>', 'sample API server (default: the one that Kubernetes publishes)', given)
    .option('--etcd-image <image>', 'etcd beside it', given)
    .option('--image-pull-secret <namespace/name>', 'Secret to pull the images with; it is copied', given)
    .option('--restricted', 'run without root, on port 8443, as the PodSecurity level restricted asks')
    .option('--insecure-skip-tls-verify-backend', "have kube-apiserver not verify the sample's certificate, as in the lesson's manifest")
    .optionsGroup('What to do:')
    .option('--dry-run [mode]', 'print what would be applied, as YAML (client), or ask kube-apiserver about it (server); change nothing')
    .option('--show-secrets', 'let --dry-run print the private key on a terminal')
    .option('--keep', 'leave the sample in the cluster (default)')
    .option('--cleanup', 'remove it once the last step is done, or has failed')
    .option('--delete', 'remove what an earlier run left, and do nothing else')
    .option('--timeout <span>', 'limit of the whole run, as in 10m (default)', given)
    .option('--step-timeout <span>', 'limit of one step, as in 3m (default)', given);

export const client = (to: Command) =>
  to
    .optionsGroup("kubectl's client options:")
    .option('--kubeconfig <file>', 'kubeconfig to use')
    .option('--context <name>', 'context of the kubeconfig')
    .option('--cluster <name>', 'cluster of the kubeconfig')
    .option('--user <name>', 'user of the kubeconfig')
    .option('-s, --server <url>', 'address of kube-apiserver')
    .option('--token <token>', 'bearer token')
    .option('--as <user>', 'impersonate a user')
    .option('--as-group <group>', 'impersonate a group (may be repeated)', (value: string, earlier: string[] = []) => [...earlier, value])
    .option('--as-uid <uid>', 'impersonate a uid')
    .option('--certificate-authority <file>', "CA of kube-apiserver's certificate")
    .option('--client-certificate <file>', 'client certificate')
    .option('--client-key <file>', 'key of the client certificate')
    .option('--tls-server-name <name>', "name to expect in kube-apiserver's certificate")
    .option('--insecure-skip-tls-verify', "do not verify kube-apiserver's certificate")
    .option('--request-timeout <span>', 'limit of one request, as in 10s');

const plain = ['text', 'json', 'yaml', 'jsonl'];
export const output = (to: Command) => formatted(to, plain);
/** `wide` and `name` are lists. */
export const listing = (to: Command) => formatted(to, [...plain, 'wide', 'name']);
const formatted = (to: Command, formats: readonly string[]) =>
  to
    .optionsGroup('Output:')
    .addOption(new Option('-o, --output <format>', 'format').choices(formats).default('text'))
    .option('-v, --verbose', 'show what is healthy, too')
    .option('-q, --quiet', 'show problems only')
    .option('--ascii', 'use 7-bit characters only')
    .addOption(new Option('--color <when>', 'colour').choices(['auto', 'always', 'never']).default('auto'))
    .option('--no-color', 'no colour');

export const tables = (to: Command) => to.option('--no-headers', 'no heading line');
