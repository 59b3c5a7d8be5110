/** Arguments → options. The only reader of argv, the only writer of stdout, stderr and the exit status. */
import { basename } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { Event, ExitStatus, StepEvent } from './model.ts';
import { version } from './package.ts';
import type { Format, Result, Style } from './render/index.ts';
import { UsageError } from './usage-error.ts';

type Options = Record<string, never>;

const name = basename(process.argv[1] ?? '').startsWith('kubectl-') ? 'kubectl aggctl' : 'aggctl';
const interrupted = new AbortController();

function program(): Command {
  const root = sentences(new Command(name), name)
    .description(
      'The doctor for the Kubernetes API aggregation layer: names the root cause first, with evidence and the command that repairs it.',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .configureHelp({ showGlobalOptions: false })
    .configureOutput({ writeErr: () => {} });
  command(root, 'doctor', 'find what is wrong with the aggregation layer, the root cause first', [source, client, output, judging]).action(
    async (options: Options) => conclude(options, (await import('./commands/doctor.ts')).doctor(options, surroundings())),
  );
  command(root, 'flags', "show kube-apiserver's flags of the aggregation layer, and where each was read", [
    source,
    client,
    output,
    tables,
  ]).action(async (options: Options) => conclude(options, (await import('./commands/flags.ts')).flags(options, surroundings())));
  command(root, 'certs', 'show every certificate of the aggregation layer, when it expires, where it lies and who trusts it', [
    source,
    client,
    output,
    tables,
    expiry,
  ])
    .addHelpText('after', certsStatus)
    .action(async (options: Options) => conclude(options, (await import('./commands/certs.ts')).certs(options, surroundings())));
  command(root, 'deploy-sample', 'deploy the Wardle sample API server, prove every hop to it, and remove it again', [
    sample,
    client,
    output,
  ]).action(async (options: Options) =>
    conclude(
      options,
      (await import('./commands/deploy-sample.ts')).deploySample({ ...options, terminal: Boolean(process.stdout.isTTY) }, surroundings()),
    ),
  );
  command(root, 'checks', 'list the checks', [output, tables]).action(async (options: Options) =>
    show(options, (await import('./commands/checks.ts')).checks()),
  );
  command(root, 'explain <check>', 'explain a check: what it looks at, why, and how to repair', [output]).action(
    async (id: string, options: Options) => show(options, (await import('./commands/checks.ts')).explain(id)),
  );
  return root;
}

const command = (root: Command, usage: string, description: string, groups: readonly ((command: Command) => Command)[]): Command =>
  groups.reduce((made, group) => group(made), sentences(root.command(usage).description(description), `${name} ${usage.split(' ')[0]}`));

/** Has wrong usage thrown as a UsageError that says where the right one is found; commander's own words take several lines. */
const sentences = (to: Command, asked: string): Command =>
  to.exitOverride((error) => {
    if (error.exitCode === 0) throw error;
    if (error.code === 'commander.help')
      throw new UsageError(`say what to do, for example: ${name} doctor, or ${name} doctor --demo (all: ${name} --help)`);
    const reason = error.message
      .replace(/^error: /, '')
      .replace('\n(Did', ' (did')
      .replace(/\.$/, '');
    throw new UsageError(`${reason}; see: ${asked} --help`);
  });

/** An empty value, as of an unset variable of a script, would silently be no option at all. */
const given = (value: string): string => {
  if (value === '') throw new InvalidArgumentError('It is empty.');
  return value;
};
const collect = (value: string, earlier: string[] = []): string[] => [...earlier, ...value.split(',').map(given)];

const folders = (value: string, earlier: string[] = []): string[] => [...earlier, given(value)];

const source = (to: Command) =>
  to
    .optionsGroup('Where to look:')
    .option('--root <dir>', "folder that holds the node's files, such as /host in a debug container", given, '/')
    .option('--manifest <file>', "kube-apiserver's static pod manifest, in place or an edit that kubelet has not seen", given)
    .option(
      '--snapshot <dir>',
      'diagnose a recording in place of a live cluster (may be repeated: one for each control-plane node)',
      folders,
    )
    .option('--record <dir>', 'keep every answer in a folder, without secrets, for --snapshot', given)
    .option('--demo [name]', 'diagnose a recording that ships with aggctl');

const expiry = (to: Command) =>
  to
    .optionsGroup('What to judge:')
    .option('--at <time>', 'judge as if it were this time, as in 2027-03-01', given)
    .option('--warn-within <span>', 'warn of certificates that expire within, as in 30d (default: 30d or a fifth of the lifetime)', given)
    .option('--fail-within <span>', 'make that an error within, as in 7d', given);
const certsStatus =
  '\nExit status: 1 when a certificate is expired or expires within --fail-within (warnings change nothing), 3 when something could not be\nlooked at, else 0. What this place can never show is said once and changes nothing.';

const judging = (to: Command) =>
  expiry(to)
    .option('--check <id>', 'run only this check (may be repeated)', collect)
    .option('--skip <id>', 'leave this check out (may be repeated)', collect)
    .option('--target-version <version>', 'judge an upgrade, too, as in 1.36 (default: the next version that breaks something)', given)
    .option('--fail-on <severity>', 'exit status 1 from this severity on: error, warning, info or never', 'error')
    .option('--allow-incomplete', 'exit status 0 in place of 3 when something could not be looked at');

const sample = (to: Command) =>
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

const client = (to: Command) =>
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

const output = (to: Command) =>
  to
    .optionsGroup('Output:')
    .addOption(new Option('-o, --output <format>', 'format').choices(['text', 'json', 'yaml', 'jsonl']).default('text'))
    .option('-v, --verbose', 'show what is healthy, too')
    .option('-q, --quiet', 'show problems only')
    .option('--ascii', 'use 7-bit characters only')
    .addOption(new Option('--color <when>', 'colour').choices(['auto', 'always', 'never']).default('auto'))
    .option('--no-color', 'no colour');

const tables = (to: Command) => to.option('--no-headers', 'no heading line');

const surroundings = () => ({ signal: interrupted.signal, env: process.env });

/** Shows events as they come, and the result at the end. */
async function conclude(options: Options, running: AsyncGenerator<Event | StepEvent, Result>): Promise<void> {
  const format = formatOf(options);
  const { renderEvent, renderStep } = await import('./render/index.ts');
  for (;;) {
    const step = await running.next();
    if (interrupted.signal.aborted && !step.done && step.value.kind === 'hint')
      await write(process.stderr, renderEvent(step.value, 'text', Boolean(options.ascii)));
    // What was not answered by then is no finding.
    interrupted.signal.throwIfAborted();
    if (step.done) return show(options, step.value);
    if (step.value.kind === 'step' || step.value.kind === 'note' || step.value.kind === 'ended') {
      await write(process.stdout, await renderStep(step.value, format, await styleOf(options)));
      continue;
    }
    const line = renderEvent(step.value, format, Boolean(options.ascii));
    if (format === 'jsonl') await write(process.stdout, line);
    else if (step.value.kind !== 'progress') await write(process.stderr, line);
    else if (process.stderr.isTTY) await write(process.stderr, line);
  }
}

async function show(options: Options, result: Result): Promise<void> {
  const { render } = await import('./render/index.ts');
  const text = await render(result, formatOf(options), await styleOf(options));
  if ('summary' in result) process.exitCode = (result.summary as { exitStatus: ExitStatus }).exitStatus;
  if ('exitStatus' in result) process.exitCode = result.exitStatus;
  await write(process.stdout, text);
}

const formatOf = (options: Options): Format => options.output as unknown as Format;

async function styleOf(options: Options): Promise<Style> {
  const { colorLevel } = await import('./render/paint.ts');
  const flag = options.color === (false as never) ? 'never' : options.color;
  const terminal = Boolean(process.stdout.isTTY);
  return {
    color: colorLevel({ flag, env: process.env, isTTY: terminal }),
    width: process.stdout.columns || Number(process.env.COLUMNS) || 80,
    ascii: Boolean(options.ascii),
    verbosity: options.quiet ? 'quiet' : options.verbose ? 'verbose' : 'normal',
    terminal,
    headers: options.headers !== (false as never),
  };
}

/** Resolves when the text has left: process.exit would cut what a pipe has not taken yet. */
const write = (stream: NodeJS.WriteStream, text: string): Promise<void> => new Promise((resolve) => stream.write(text, () => resolve()));

/** Sentences for trouble; a stack only for a bug of aggctl. */
function fail(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode;
  } else if (interrupted.signal.aborted) {
    process.exitCode = 130;
  } else if (error instanceof UsageError) {
    process.stderr.write(`${name}: ${error.message}\n`);
    process.exitCode = 2;
  } else {
    process.stderr.write(`${name}: this is a bug in aggctl; please report it with these lines:\n${(error as Error)?.stack ?? error}\n`);
    process.exitCode = 3;
  }
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    process.stderr.write(`${name}: the output could not be written: ${error.message}\n`);
    process.exitCode = 3;
  });
}
process.on('uncaughtException', fail);
// Once: a second Ctrl-C ends the process at once.
process.once('SIGINT', () => interrupted.abort());
await program().parseAsync().catch(fail);
if (interrupted.signal.aborted) process.exitCode = 130;
