/** kube-apiserver in MicroK8s' kubelite: a file of arguments, one or more a line, and the environment that snapd gives its services. */
import { argumentsFile, environmentFile, variables } from '../../../distributions/microk8s.ts';
import type { Word } from '../read-manifest.ts';
import { type At, onNode, type Reader, readText } from './reader.ts';
import { readEnvironment } from './unit.ts';

export const microk8s: Reader = async (ask, where) => {
  const [text, at] = await Promise.all([readText(ask, argumentsFile), where]);
  if (!text.ok) return text;
  if (text.value === null) return { ok: true, value: null };
  const words = readArguments(text.value, at);
  const file = await readText(ask, environmentFile);
  if (!file.ok) return file;
  const set = readEnvironment(file.value ?? '', (line) => at(environmentFile, line));
  const environment = Object.fromEntries(
    [...set].map(
      ([
        name,
        {
          text: value,
          at: [place],
        },
      ]) => [name, { value, at: place ?? at(environmentFile) }],
    ),
  );
  return { ok: true, value: { ...onNode, origin: 'arguments file', at: at(argumentsFile), arguments: words, environment } };
};

/** Lines that begin with `#` are comments, quotes vanish, snapd's variables are filled in. canonical/microk8s, microk8s-resources/default-args/kube-apiserver. */
function readArguments(text: string, at: At): readonly Word[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim().startsWith('#')) return [];
    const words = line.replace(/["']/g, '').split(/\s+/).filter(Boolean);
    return words.map((word) => ({ text: filledIn(word), at: at(argumentsFile, index + 1) }));
  });
}
const filledIn = (word: string) =>
  word.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced?: string, bare?: string) => variables[braced ?? bare ?? ''] ?? whole);
