/** The commands and their options, for commander. What a command does is loaded when it is asked for. */
import { Argument, Command } from 'commander';
import type { Repeating } from './commands/surroundings.ts';
import { environmentHelp } from './environment.ts';
import { helpBelow, helpBelowAll } from './help-texts.ts';
import type { Event, StepEvent } from './model.ts';
import {
  asFrontProxy,
  client,
  clusters,
  expiry,
  failing,
  granting,
  judging,
  known,
  nodes,
  reaching,
  repeating,
  sample,
  secrets,
  shell,
  showing,
  source,
  targets,
  unscoped,
} from './options.ts';
import { certificates, diagnoses, listing, output, outputsOf, reporting, sorting, tables, tabular, verbosity } from './output-options.ts';
import { packageFile, version } from './package.ts';
import type { Result } from './render/index.ts';
import { inSentences, UsageError } from './usage-error.ts';

export type Options = Record<string, never>;
/** What cli.ts does with a command. */
export interface Hands {
  readonly surroundings: () => Repeating;
  /** Prints events as they arrive, and the result at the end. */
  readonly conclude: (options: Options, running: AsyncGenerator<Event | StepEvent, Result>) => Promise<void>;
  readonly show: (options: Options, result: Result) => Promise<void>;
  /** Prints what is no result of a command for people. */
  readonly print: (text: string) => Promise<void>;
  readonly terminal: boolean;
}

/** `name`: what aggctl is called here. */
export function program(name: string, { surroundings, conclude, show, print, terminal }: Hands): Command {
  /** A command with `--nodes`: with `--dry-run` it prints the Pods. */
  const onNodes = async (options: Options, run: (around: Repeating) => Promise<AsyncGenerator<Event, Result>>): Promise<void> => {
    const around = surroundings();
    const planned = options.dryRun ? (await import('./commands/planned-pods.ts')).plannedPods(options, around) : await run(around);
    await conclude(options, planned);
  };
  const root = inSentences(new Command(name), { name, asked: name })
    .description(
      'The doctor for the Kubernetes API aggregation layer: finds what is broken, root cause first, with evidence and the command that fixes it.',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: false, subcommandTerm: (each) => [each.name(), ...operands(each)].join(' ') })
    .configureOutput({ writeErr: () => {} })
    .hook('preAction', (_, command) => {
      const outputs = outputsOf(command.opts().output);
      if (!outputs) throw new UsageError('-o is given twice for stdout: write one of them into a file, as in -o json=report.json');
      command.setOptionValue('output', outputs.output).setOptionValue('outputFiles', outputs.files);
    });
  command(root, name, 'doctor', 'find what is wrong with the aggregation layer, root cause first', [
    source,
    clusters,
    nodes,
    reaching,
    repeating,
    unscoped,
    diagnoses,
    verbosity,
    judging,
  ]).action(async (options: Options) =>
    onNodes(options, async (around) =>
      options.contexts || options.allContexts
        ? (await import('./commands/doctor-many.ts')).doctorOfMany(options, around)
        : (await import('./commands/doctor.ts')).doctor(options, around),
    ),
  );
  command(root, name, 'check-apiservice [names...]', 'follow a request through APIServices hop by hop; without names, list them', [
    targets,
    source,
    nodes,
    secrets,
    asFrontProxy,
    client,
    listing,
    verbosity,
    tables,
    sorting('name', 'service', 'available', 'age', 'cause', 'port', 'since', 'message'),
    judging,
  ]).action(async (names: string[], options: Options) =>
    onNodes(options, async (around) => (await import('./commands/check-apiservice.ts')).checkApiService(names, options, around)),
  );
  command(root, name, 'flags', "show kube-apiserver's aggregation-layer flags and where each was read", [
    source,
    nodes,
    unscoped,
    tabular,
    tables,
    sorting('node', 'flag', 'value', 'read-at', 'purpose'),
  ]).action(async (options: Options) => onNodes(options, async (around) => (await import('./commands/flags.ts')).flags(options, around)));
  command(root, name, 'certs', 'show every certificate of the aggregation layer: expiry, location and who trusts it', [
    source,
    nodes,
    unscoped,
    certificates,
    tables,
    sorting('name', 'node', 'expires', 'residual-time', 'ca', 'at', 'trusted-by', 'subject', 'key'),
    expiry,
  ]).action(async (options: Options) => onNodes(options, async (around) => (await import('./commands/certs.ts')).certs(options, around)));
  command(root, name, 'deploy-sample', 'deploy the Wardle sample API server and verify every hop to it', [
    sample,
    client,
    output,
    verbosity,
  ]).action(async (options: Options) =>
    conclude(options, (await import('./commands/deploy-sample.ts')).deploySample({ ...options, terminal }, surroundings())),
  );
  command(root, name, 'snapshot <file>', 'list what a snapshot holds, to check it before you send it', [showing, tabular, tables]).action(
    async (file: string, options: Options) => conclude(options, (await import('./commands/snapshot.ts')).snapshot(file, options)),
  );
  command(root, name, 'diff <file> <newer-file>', 'compare two recordings or reports: which problems are new, gone or the same', [
    failing,
    tabular,
    tables,
  ]).action(async (file: string, newer: string, options: Options) =>
    conclude(options, (await import('./commands/diff.ts')).diff(file, newer, options, surroundings())),
  );
  command(root, name, 'lint <file...>', 'check manifests before they are applied: files, directories, or - for stdin', [
    known,
    failing,
    reporting,
    verbosity,
  ]).action(async (files: string[], options: Options) =>
    conclude({ ...options, files: files as never }, (await import('./commands/lint.ts')).lint(files, options, surroundings())),
  );
  command(root, name, 'checks', 'list the checks', [tabular, tables, sorting('check', 'severity', 'scope', 'healthy-when')]).action(
    async (options: Options) => show(options, (await import('./commands/checks.ts')).checks()),
  );
  command(root, name, 'explain <check...>', 'explain a check, the reason of a condition, an alert, or an error text that you paste', [
    output,
  ]).action(async (words: string[], options: Options) => show(options, (await import('./commands/explain.ts')).explain(words)));
  // What the Pods of --nodes run; nobody types it.
  root
    .command('record-node', { hidden: true })
    .requiredOption('--root <dir>')
    .action(async (options: { readonly root: string }) =>
      print(await (await import('./commands/record-node.ts')).recordNode(options, surroundings())),
    );
  command(root, name, 'rbac', 'print the rights that aggctl needs, as YAML for a ServiceAccount', [granting, output]).action(
    async (options: Options) => show(options, (await import('./commands/rbac.ts')).rbac(options)),
  );
  command(root, name, 'version', 'print the version of aggctl and what runs it', [output, tables]).action(async (options: Options) =>
    show(options, await (await import('./commands/version.ts')).versions()),
  );
  command(root, name, 'completion', 'print the script that completes aggctl in a shell', [shell]).action(async (which: string) =>
    print((await packageFile(`completion/aggctl.${which}`)).toString('utf8')),
  );
  const topics = root.createHelp().visibleCommands(root);
  command(root, name, 'help', 'print the help of a command, or with environment the variables that aggctl reads', [])
    .addArgument(new Argument('[topic]', 'what to explain').choices([...topics.map((each) => each.name()), 'help', 'environment']))
    .action(async (topic?: string) => {
      if (topic === 'environment') return print(environmentHelp(root.createHelp(), root.configureOutput().getOutHelpWidth?.()));
      (root.commands.find((each) => each.name() === topic) ?? root).outputHelp();
    });
  return root.addHelpText('after', helpBelowAll(name));
}

/** As the usage names them. */
const operands = (of: Command): readonly string[] =>
  of
    .usage()
    .split(' ')
    .filter((word) => word !== '[options]');

const command = (
  root: Command,
  name: string,
  usage: string,
  description: string,
  groups: readonly ((command: Command) => Command)[],
): Command => {
  const made = root.command(usage).description(description);
  inSentences(made, { name, asked: `${name} ${made.name()}` }).addHelpText('after', helpBelow(made.name(), name));
  return groups.reduce((to, group) => group(to), made);
};
