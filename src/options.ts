/** Groups of options that several commands share, with their help texts. */
import { Argument, type Command, InvalidArgumentError, Option } from 'commander';

/** Without this check an empty value, such as an unset variable in a script, would be ignored silently. */
const given = (value: string): string => {
  if (value === '') throw new InvalidArgumentError('The value is empty.');
  return value;
};
const collect = (value: string, earlier: string[] = []): string[] => [...earlier, ...value.split(',').map(given)];

const paths = (value: string, earlier: string[] = []): string[] => [...earlier, given(value)];

export const source = (to: Command) =>
  to
    .optionsGroup('Source:')
    .option('--root <dir>', "directory that holds the node's files, such as /host in a debug container", given, '/')
    .option('--manifest <file>', "kube-apiserver's static pod manifest, or an edited copy that is not in use yet", given)
    .option(
      '--snapshot <file>',
      'diagnose a recording instead of a live cluster, or what must-gather, troubleshoot or kubectl collected (repeatable: one for each control-plane node)',
      paths,
    )
    .option('--record <file>', 'save every answer, without secrets, in a file for --snapshot; compressed if it ends in .gz', given)
    .option('--overwrite', 'let --record replace an earlier recording')
    .option('--demo [demo]', 'diagnose a recording that ships with aggctl');

/** Options of `doctor`. */
export const clusters = (to: Command) =>
  to
    .optionsGroup('Several clusters:')
    .option('--contexts <contexts>', 'check the clusters of these kubeconfig contexts, such as prod,staging (repeatable)', collect)
    .option('--all-contexts', 'check the clusters of all kubeconfig contexts');

export const nodes = (to: Command) =>
  confirmed(
    to
      .optionsGroup('Every control-plane node, from here:')
      .option('--nodes', 'create a Pod on each control-plane node that records its files and connections, and delete it again')
      .option('--node-image <image>', 'image of aggctl that these Pods run', given)
      .option('--node-namespace <name>', 'namespace of these Pods (default: kube-system)', given)
      .option('--dry-run', 'with --nodes: create nothing, print the Pods as YAML'),
  );
/** What is confirmed on a terminal. */
const confirmed = (to: Command) => to.option('-y, --yes', 'do not ask for confirmation');

export const repeating = (to: Command) => waiting(to.optionsGroup('How often:'));
const waiting = (to: Command) =>
  to.option('--wait <span>', 'repeat until healthy, for at most this long, such as 2m; exit status 124 on timeout', given);

export const targets = (to: Command) =>
  waiting(
    to
      .optionsGroup('Which APIServices, and how often:')
      .option('--all', 'check every APIService that has a Service')
      .option('--unavailable', 'check every APIService that does not serve requests')
      .option('-n, --namespace <name>', 'only APIServices whose Service is in this namespace', given),
  )
    .option('-w, --watch', 'repeat until interrupted, and print each change with its time')
    .option('--history', 'also show earlier failures: "broken at 03:00, fine now"');

/** Ways to see the certificate of an extension API server that cannot be dialed directly. */
export const reaching = (to: Command) =>
  secrets(to).option(
    '--port-forward',
    "dial the extension API server's pod through kube-apiserver to see its certificate (needs get and create on pods/portforward)",
  );
export const asFrontProxy = (to: Command) =>
  to.option(
    '--as-front-proxy',
    'on a control-plane node: also call the extension API server directly, with and without the front-proxy certificate, to see which user it authenticates',
  );
export const secrets = (to: Command) =>
  to
    .optionsGroup('What else to look at:')
    .option(
      '--read-secrets',
      'read serving certificates from their Secrets where nothing else shows them; only tls.crt and ca.crt are kept',
    );
/** kubectl's, on commands that look at the whole cluster. */
export const unscoped = (to: Command) =>
  client(to).option('-n, --namespace <name>', 'accepted and ignored: the aggregation layer belongs to the whole cluster', given);

export const expiry = (to: Command) =>
  to
    .optionsGroup('What to check:')
    .option('--at <time>', 'check as of this time, such as 2027-03-01', given)
    .option(
      '--warn-within <span>',
      'warn about certificates that expire within this time, such as 30d (default: 30d or a fifth of the lifetime, whichever is shorter)',
      given,
    )
    .option('--fail-within <span>', 'report an error for certificates that expire within this time, such as 7d', given);
/** For a command that judges what it finds. */
export const known = (to: Command) =>
  to.option('--suppressions <file>', 'suppress the known problems that this file lists (default: .aggctl.yaml, if it exists)', given);

export const judging = (to: Command) =>
  known(expiry(to))
    .option('--check <check>', 'run only this check (repeatable; * stands for any part of an id)', collect)
    .option('--skip <check>', 'skip this check (repeatable)', collect)
    .option(
      '--target-version <version>',
      'also check an upgrade to this version, such as 1.36 (default: the next version that breaks something)',
      given,
    )
    .addOption(failOn())
    .option('--allow-incomplete', 'exit with status 0 instead of 3 when something could not be checked');

const failOn = () =>
  new Option('--fail-on <severity>', 'lowest severity that gives exit status 1: error, warning, info or never').default('error');
/** For a command that compares or checks files. */
export const failing = (to: Command) => to.addOption(failOn());

/** Options of `rbac`. */
export const granting = (to: Command) =>
  to
    .optionsGroup('Who, and for what:')
    .option('-n, --namespace <name>', 'namespace of the ServiceAccount (default: default)', given)
    .option('--service-account <name>', 'name of the ServiceAccount (default: aggctl)', given)
    .option(
      '--server-namespace <name>',
      'also for the extension API servers in this namespace: endpoints, pods, logs (repeatable)',
      collect,
    )
    .option('--metrics', 'also for autoscalers and metrics APIs')
    .option('--history', 'also for --history: /metrics and the logs of kube-system')
    .option('--nodes [namespace]', 'also for --nodes: to create and delete its Pods (default: in kube-system)');

/** Options of `snapshot`. */
export const showing = (to: Command) =>
  to.optionsGroup('What to show:').option('--show <question>', 'print the answer to this question, as the list names it', given);

/** Options of `deploy-sample`. */
export const sample = (to: Command) =>
  to
    .optionsGroup('What to deploy:')
    .option('-n, --namespace <name>', 'namespace to create for the sample (default: wardle)', given)
    .option('--name-prefix <text>', 'prefix for the names of its ClusterRole and bindings, if these names are taken', given)
    .option('--image <image>', 'image of the sample API server (default: the one that Kubernetes publishes)', given)
    .option('--etcd-image <image>', 'image of its etcd', given)
    .option('--image-pull-secret <namespace/name>', 'Secret with registry credentials; it is copied into the namespace', given)
    .option('--restricted', 'run without root on port 8443, as the PodSecurity level restricted requires')
    .option('--insecure-skip-tls-verify-backend', "set insecureSkipTLSVerify: kube-apiserver does not verify the sample's certificate")
    .optionsGroup('What to do:')
    .option('--dry-run [mode]', 'change nothing: print the objects as YAML (client), or send them to kube-apiserver as a dry run (server)')
    .option('--show-secrets', 'allow --dry-run to print the private key on a terminal')
    .option('--keep', 'leave the sample in the cluster (default)')
    .option('--cleanup', 'remove the sample after the last step, even if a step fails')
    .option('--delete', 'only remove what an earlier run left')
    .option('--timeout <span>', 'time limit for the whole run (default: 10m)', given)
    .option('--step-timeout <span>', 'time limit for one step (default: 3m)', given);

export const client = (to: Command) =>
  to
    .optionsGroup("kubectl's client options:")
    .option('--kubeconfig <file>', 'kubeconfig to use')
    .option('--context <context>', 'kubeconfig context to use')
    .option('--cluster <cluster>', 'kubeconfig cluster to use')
    .option('--user <user>', 'kubeconfig user to use')
    .option('-s, --server <url>', 'address of kube-apiserver')
    .option('--token <token>', 'bearer token')
    .option('--as <name>', 'impersonate a user')
    .option('--as-group <group>', 'impersonate a group (repeatable)', (value: string, earlier: string[] = []) => [...earlier, value])
    .option('--as-uid <uid>', 'impersonate a uid')
    .option('--certificate-authority <file>', "CA of kube-apiserver's certificate")
    .option('--client-certificate <file>', 'client certificate')
    .option('--client-key <file>', 'key of the client certificate')
    .option('--tls-server-name <name>', "name to expect in kube-apiserver's certificate")
    .option('--insecure-skip-tls-verify', "do not verify kube-apiserver's certificate")
    .option('--request-timeout <span>', 'time limit for one request, such as 10s');

/** The argument of `completion`. */
export const shell = (to: Command) => to.addArgument(new Argument('<shell>', 'the shell').choices(['bash', 'zsh', 'fish', 'powershell']));
