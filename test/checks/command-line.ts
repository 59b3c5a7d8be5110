import { readCommandLine } from '../../src/facts/apiserver/read-command-line.ts';
import { type Change, flags, healthy } from '../support/facts.ts';

export const at = healthy.flags.at;
/** The command line with words behind the healthy ones, in an image. */
export const words = (more: readonly string[], image = 'registry.k8s.io/kube-apiserver:v1.37.2'): Change => ({
  commandLine: readCommandLine({
    words: [...healthy.commandLine.words.map((word) => ({ text: word.value, at: word.at })), ...more.map((text) => ({ text, at }))],
    environment: {},
    image,
  }),
});
/** The flags and the words alike. */
export const given = (set: Readonly<Record<string, string>>): Change => ({
  ...words(Object.entries(set).map(([name, value]) => `--${name}=${value}`)),
  ...flags(set),
});
