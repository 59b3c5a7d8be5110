/** Arguments → options. The only reader of argv, the only one that sets the exit status. */
import { basename } from 'node:path';
import { Command, CommanderError } from 'commander';
import { isAttended, onInterruption, sleep } from './interaction.ts';
import type { Event, ExitStatus, StepEvent } from './model.ts';
import {
  asFrontProxy,
  certsStatus,
  checkExamples,
  client,
  expiry,
  judging,
  listing,
  nodes,
  output,
  reaching,
  sample,
  secrets,
  showing,
  snapshotExamples,
  source,
  tables,
  targets,
  verbosity,
} from './options.ts';
import { version } from './package.ts';
import { formatOf } from './render/formats.ts';
import type { Format, Result } from './render/index.ts';
import { clear, confirm, say, sentenceOf, styleOf, tell, write } from './terminal.ts';
import { inSentences, UsageError } from './usage-error.ts';

type Options = Record<string, never>;

const name = basename(process.argv[1] ?? '').startsWith('kubectl-') ? 'kubectl aggctl' : 'aggctl';
const interrupted = new AbortController();
/** The exit status that a signal or an event has fixed. */
let settled: ExitStatus | null = null;
/** Said when a signal ends the command. */
let farewell = '';
/** What the command has left then to end by itself, milliseconds: to delete the Pods of --nodes it asks kube-apiserver. */
let patience = 150;

function program(): Command {
  const root = inSentences(new Command(name), { name, asked: name })
    .description(
      'The doctor for the Kubernetes API aggregation layer: shows the root cause first, with evidence and the command that fixes it.',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .configureHelp({ showGlobalOptions: false })
    .configureOutput({ writeErr: () => {} });
  command(root, 'doctor', 'find what is wrong with the aggregation layer, root cause first', [
    source,
    nodes,
    reaching,
    client,
    output,
    verbosity,
    judging,
  ]).action(async (options: Options) =>
    conclude(options, await planned(options, async () => (await import('./commands/doctor.ts')).doctor(options, surroundings()))),
  );
  command(root, 'check-apiservice [names...]', 'follow a request through APIServices hop by hop; without names, list them', [
    targets,
    source,
    nodes,
    secrets,
    asFrontProxy,
    client,
    listing,
    verbosity,
    tables,
    judging,
  ])
    .addHelpText('after', checkExamples(name))
    .action(async (names: string[], options: Options) =>
      conclude(
        options,
        await planned(options, async () =>
          (await import('./commands/check-apiservice.ts')).checkApiService(names, options, surroundings()),
        ),
      ),
    );
  command(root, 'flags', "show kube-apiserver's aggregation-layer flags and where each was read", [
    source,
    nodes,
    client,
    output,
    tables,
  ]).action(async (options: Options) =>
    conclude(options, await planned(options, async () => (await import('./commands/flags.ts')).flags(options, surroundings()))),
  );
  command(root, 'certs', 'show every certificate of the aggregation layer: expiry, location and who trusts it', [
    source,
    nodes,
    client,
    output,
    tables,
    expiry,
  ])
    .addHelpText('after', certsStatus)
    .action(async (options: Options) =>
      conclude(options, await planned(options, async () => (await import('./commands/certs.ts')).certs(options, surroundings()))),
    );
  command(root, 'deploy-sample', 'deploy the Wardle sample API server and verify every hop to it', [
    sample,
    client,
    output,
    verbosity,
  ]).action(async (options: Options) =>
    conclude(
      options,
      (await import('./commands/deploy-sample.ts')).deploySample({ ...options, terminal: Boolean(process.stdout.isTTY) }, surroundings()),
    ),
  );
  command(root, 'snapshot <file>', 'list what a snapshot holds, to check it before you send it', [showing, output, tables])
    .addHelpText('after', snapshotExamples(name))
    .action(async (file: string, options: Options) => conclude(options, (await import('./commands/snapshot.ts')).snapshot(file, options)));
  command(root, 'checks', 'list the checks', [output, tables]).action(async (options: Options) =>
    show(options, (await import('./commands/checks.ts')).checks()),
  );
  command(root, 'explain <check>', 'explain a check: what it examines, why it matters and how to fix it', [output]).action(
    async (id: string, options: Options) => show(options, (await import('./commands/checks.ts')).explain(id)),
  );
  // What the Pods of --nodes run; nobody types it.
  root
    .command('record-node', { hidden: true })
    .requiredOption('--root <dir>')
    .action(async (options: { readonly root: string }) =>
      write(process.stdout, await (await import('./commands/record-node.ts')).recordNode(options, surroundings())),
    );
  return root;
}

/** With `--dry-run` the Pods of `--nodes`, else what the command itself runs. */
async function planned(
  options: Options,
  running: () => Promise<AsyncGenerator<Event, Result>>,
): Promise<AsyncGenerator<Event | StepEvent, Result>> {
  return options.dryRun ? (await import('./commands/planned-pods.ts')).plannedPods(options, surroundings()) : running();
}

const command = (root: Command, usage: string, description: string, groups: readonly ((command: Command) => Command)[]): Command =>
  groups.reduce(
    (made, group) => group(made),
    inSentences(root.command(usage).description(description), { name, asked: `${name} ${usage.split(' ')[0]}` }),
  );

const surroundings = () => ({
  signal: interrupted.signal,
  env: process.env,
  now: () => new Date(),
  sleep: (ms: number) => sleep(ms, interrupted.signal),
  ...(isAttended() && { confirm: (question: string) => confirm(question, interrupted.signal) }),
});
/** Prints events as they arrive, and the result at the end. */
async function conclude(options: Options, running: AsyncGenerator<Event | StepEvent, Result>): Promise<void> {
  const format = formatIn(options);
  if (options.record) farewell = `interrupted; nothing was written to ${options.record}`;
  if (options.nodes) {
    farewell = 'interrupted; deleting the Pods of --nodes …';
    patience = 20_000;
  }
  const { renderEvent, renderStep } = await import('./render/index.ts');
  for (;;) {
    const step = await running.next();
    if (interrupted.signal.aborted && !step.done && step.value.kind === 'hint')
      await say(renderEvent(step.value, 'text', Boolean(options.ascii)));
    // After an interruption, missing answers are not findings.
    interrupted.signal.throwIfAborted();
    // Until then nothing but progress is told: the recording is written.
    if (step.done || step.value.kind !== 'progress') farewell = '';
    if (step.done) return show(options, step.value);
    if (step.value.kind === 'step' || step.value.kind === 'note' || step.value.kind === 'ended') {
      await write(process.stdout, await renderStep(step.value, format, await styleOf(options)));
      continue;
    }
    settled = step.value.status ?? settled;
    const line = renderEvent(step.value, format, Boolean(options.ascii));
    if (formatOf(format).lines) await write(process.stdout, line);
    else await tell(step.value.kind, line);
  }
}

async function show(options: Options, result: Result): Promise<void> {
  await clear();
  const { render } = await import('./render/index.ts');
  const told = settled === null ? result : withStatus(result, settled);
  const text = await render(told, formatIn(options), await styleOf(options));
  if ('summary' in told) process.exitCode = told.summary.exitStatus;
  if ('exitStatus' in told) process.exitCode = told.exitStatus;
  await write(process.stdout, text);
}

function withStatus(result: Result, exitStatus: ExitStatus): Result {
  return 'summary' in result ? ({ ...result, summary: { ...result.summary, exitStatus } } as Result) : { ...result, exitStatus };
}

const formatIn = (options: Options): Format => options.output as unknown as Format;

/** Prints one sentence for what a user can mend, and a stack only for a bug in aggctl. */
function fail(error: unknown): void {
  void clear();
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else if (interrupted.signal.aborted) process.exitCode = settled ?? 130;
  else {
    process.exitCode = error instanceof UsageError ? 2 : 3;
    void say(`${name}: ${sentenceOf(error)}\n`);
  }
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    void say(`${name}: the output could not be written: ${error.message}\n`);
    process.exitCode = 3;
  });
}
process.on('uncaughtException', fail);
// Node's own warnings are of no use to who runs a command.
process.removeAllListeners('warning');
onInterruption((status) => {
  settled = status;
  interrupted.abort();
  if (farewell) void say(`${name}: ${farewell}\n`);
  return patience;
});
/** Settles when the command has ended. */
export const ended: Promise<void> = program()
  .parseAsync()
  .catch(fail)
  .then(() => {
    if (interrupted.signal.aborted) process.exitCode = settled ?? 130;
  });
