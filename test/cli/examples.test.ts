/** The examples in the help: a command of aggctl each, which the parser of options accepts. */
import { describe, expect, test } from 'vitest';
import { program } from '../../src/program.ts';

const outOf = async (words: readonly string[], name = 'aggctl') => {
  const ran: object[] = [];
  const printed: string[] = [];
  const keep = async (options: object) => void ran.push(options);
  const root = program(name, {
    // A generator that nobody starts runs nothing.
    conclude: keep,
    show: keep,
    print: async (text) => void printed.push(text),
    surroundings: () => ({}) as never,
    terminal: false,
  });
  for (const each of [root, ...root.commands]) each.configureOutput({ writeOut: (text) => void printed.push(text) });
  await root.parseAsync([...words], { from: 'user' });
  return { ran, printed: printed.join('') };
};

/** The lines below `Examples:`, without what they explain. */
const examplesIn = (help: string): readonly string[] =>
  (/^Examples:\n((?: {2}.*(?:\n|$))+)/m.exec(help)?.[1] ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.trim().replace(/ {2,}.*/, ''));
/** The words of each aggctl in a line for a shell. */
const invocationsIn = (line: string, name: string): readonly (readonly string[])[] =>
  line
    .split(/ [|>] |; /)
    .filter((part) => part.startsWith(`${name} `))
    .map((part) => [...part.slice(name.length).matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? ''));

/** Completion says how to load it instead, and nobody types record-node. */
const commands = program('aggctl', {} as never)
  .commands.map((each) => each.name())
  .filter((name) => !['completion', 'record-node'].includes(name));
test('there are commands', () => expect(commands.length).toBeGreaterThan(10));

describe.each(['aggctl', 'kubectl aggctl'])('as %s', (name) => {
  test.each(['', ...commands])("the parser accepts the examples of %s's help, which fit 80 columns", async (command) => {
    const { printed } = await outOf(['help', command].filter(Boolean), name);
    const examples = examplesIn(printed);
    expect(examples.length).toBeGreaterThanOrEqual(2);
    const invocations = examples.flatMap((line) => invocationsIn(line, name));
    expect(invocations.length).toBeGreaterThanOrEqual(2);
    for (const words of invocations) {
      const { ran, printed: help } = await outOf(words, name);
      expect(ran.length + help.length, words.join(' ')).toBeGreaterThan(0);
    }
    if (name === 'aggctl') for (const line of printed.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });
});

test('an example with an option that does not exist is refused', async () => {
  await expect(outOf(['certs', '--fail-wihtin', '14d'])).rejects.toThrow('unknown option');
});
