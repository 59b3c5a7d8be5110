/** Arguments → options. The only reader of argv, the only one that sets the exit status. */
import { basename, resolve } from 'node:path';
import { CommanderError } from 'commander';
import { isAttended, onInterruption, sleep } from './interaction.ts';
import { refusalToWrite, writeWhole } from './local-file.ts';
import type { Event, ExitStatus, StepEvent } from './model.ts';
import type { OutputFile } from './output-options.ts';
import { type Options, program } from './program.ts';
import { formatOf, suits } from './render/formats.ts';
import type { Format, Result } from './render/index.ts';
import { clear, confirm, print, say, sentenceOf, still, styleOf, tell, watch } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { waitsOf } from './waits.ts';

const called = basename(process.argv[1] ?? '');
/** The words to complete. kubectl asks a program of that name about its plugin (k8s.io/kubectl, pkg/cmd/plugin/plugin_completion.go, v0.37.2). */
const completed = called.startsWith('kubectl_complete-')
  ? process.argv.slice(2)
  : process.argv[2] === '__complete'
    ? process.argv.slice(3)
    : null;
const name = called.startsWith('kubectl-') ? 'kubectl aggctl' : 'aggctl';
const interrupted = new AbortController();
/** The exit status that a signal or an event has fixed. */
let settled: ExitStatus | null = null;
/** Said when a signal ends the command. */
let farewell = '';
/** What the command has left then to end by itself, milliseconds: to delete the Pods of --nodes it asks kube-apiserver. */
let patience = 150;

const waits = waitsOf(() => performance.now(), clear);

const surroundings = () => ({
  signal: interrupted.signal,
  env: process.env,
  called: name,
  now: () => new Date(),
  sleep: (ms: number) => sleep(ms, interrupted.signal),
  waits,
  ...(isAttended() && { confirm: (question: string) => confirm(question, interrupted.signal).finally(waits.typing()) }),
});
/** Prints events as they arrive, and the result at the end. */
async function conclude(options: Options, running: AsyncGenerator<Event | StepEvent, Result>): Promise<void> {
  await refuseFiles(options);
  const format = formatIn(options);
  if (options.record) farewell = `interrupted; nothing was written to ${options.record}`;
  if (options.nodes) {
    farewell = 'interrupted; deleting the Pods of --nodes …';
    patience = 20_000;
  }
  if (!options.quiet && !formatOf(format).lines) watch(waits.line);
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
      await print(await renderStep(step.value, format, await styleOf(options, name)));
      continue;
    }
    settled = step.value.status ?? settled;
    const line = renderEvent(step.value, format, Boolean(options.ascii));
    if (formatOf(format).lines) await print(line);
    else if (!options.quiet || !['progress', 'state'].includes(step.value.kind)) await tell(step.value.kind, line);
  }
}

async function show(options: Options, result: Result): Promise<void> {
  still();
  const { render } = await import('./render/index.ts');
  const listed = options.sortBy && 'rows' in result ? (await import('./render/sort.ts')).sorted(result, options.sortBy) : result;
  const told = settled === null ? listed : withStatus(listed, settled);
  const files = filesIn(options);
  for (const { format } of [...files, { format: formatIn(options) }])
    if (!suits(format, told)) throw new UsageError(`-o ${format} prints reports, not this list: name an APIService, or add --all`);
  const style = await styleOf(options, name);
  // Rendered before any is written: a bug leaves nothing half done.
  const texts = await Promise.all(files.map(({ format }) => render(told, format as Format, { ...style, ...inFile })));
  const text = await render(told, formatIn(options), style);
  if ('summary' in told) process.exitCode = told.summary.exitStatus;
  if ('exitStatus' in told) process.exitCode = told.exitStatus;
  for (const [index, { file }] of files.entries())
    await writeWhole(file, texts[index] ?? '', { signal: interrupted.signal }).catch(async ({ message }: Error) => {
      interrupted.signal.throwIfAborted();
      process.exitCode = 3;
      await say(`${name}: ${file} cannot be written: ${message}\n`);
    });
  await print(text);
}
const inFile = { color: 0, terminal: false, width: 100 } as const;

/** What could not be written, or is read or written by another option, is refused before anybody is asked. */
async function refuseFiles(options: Options): Promise<void> {
  const files = filesIn(options);
  const { record, snapshot, manifest, kubeconfig, files: operands }: Readonly<Record<string, unknown>> = options;
  const named = [...files.map(({ file }) => file), record, snapshot, manifest, kubeconfig, operands]
    .flat()
    .filter((one) => typeof one === 'string');
  const paths = named.map((file) => resolve(file));
  for (const { file } of files) {
    const twice = paths.filter((path) => path === resolve(file)).length > 1;
    const refusal = twice ? 'another option names it' : await refusalToWrite(file);
    if (refusal !== null) throw new UsageError(`${file} cannot be written: ${refusal}`);
  }
}

function withStatus(result: Result, exitStatus: ExitStatus): Result {
  return 'summary' in result ? ({ ...result, summary: { ...result.summary, exitStatus } } as Result) : { ...result, exitStatus };
}

const filesIn = (options: Options): readonly OutputFile[] => options.outputFiles ?? [];

const formatIn = (options: Options): Format => options.output as unknown as Format;

/** Prints one sentence for what a user can mend, and a stack only for a bug in aggctl. */
function fail(error: unknown): void {
  still();
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else if (interrupted.signal.aborted) process.exitCode = settled ?? 130;
  else {
    process.exitCode = error instanceof UsageError ? 2 : 3;
    void say(`${name}: ${sentenceOf(error, name)}\n`);
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
const hands = {
  surroundings,
  conclude,
  show: async (options: Options, result: Result) => {
    await refuseFiles(options);
    await show(options, result);
  },
  print,
  terminal: Boolean(process.stdout.isTTY),
};
const complete = async (words: readonly string[]) => {
  const { complete } = await import('./completion/index.ts');
  await hands.print(await complete(program(name, hands), words, surroundings()));
};
/** Settles when the command has ended. */
export const ended: Promise<void> = (completed ? complete(completed) : program(name, hands).parseAsync())
  .then(() => {}, fail)
  .then(() => {
    if (interrupted.signal.aborted) process.exitCode = settled ?? 130;
  });
