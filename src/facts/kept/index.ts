/** What a recording keeps of each answer: what facts read of it, and nothing else. */

import { parseJson } from '../../decode.ts';
import { argumentsFile, environmentFile } from '../../distributions/microk8s.ts';
import { containers } from '../../distributions/rke1.ts';
import type { Answer, AnyQuestion, Question } from '../../model.ts';
import { containerName, containerRecord } from '../shared/readers/rke.ts';
import { keptAnswer, keptRefusal } from './api.ts';
import { keptDocument, keptLines } from './document.ts';
import { isEnvironment, keptArguments, keptEnvironment, keptUnit, type Referred } from './settings.ts';
import { keptLog, keptNothing, keptPem } from './text.ts';
import { keptWords } from './words.ts';

/** Makes what keeps the answers of one recording: the units of a node tell which variables of its environment files are read. */
export function keeper(): (question: AnyQuestion, answer: unknown) => unknown {
  const referred: Referred = { variables: new Set() };
  return (question, answer) => {
    if (question.kind === 'api') return keptAnswer(question, answer as Answer['api']);
    if (question.kind === 'file') return keptFile(question, answer as Answer['file'], referred);
    if (question.kind === 'handshake') return keptHandshake(answer as Answer['handshake']);
    return answer;
  };
}

/** Of what is served there a refusal's words are read, and no more of them than a report quotes. */
const keptHandshake = ({ answer, ...shown }: Answer['handshake']): Answer['handshake'] => ({
  ...shown,
  ...(answer && { answer: { ...answer, text: keptRefusal(answer.text) } }),
});

function keptFile({ path }: Question['file'], answer: Answer['file'], referred: Referred): Answer['file'] {
  return answer.is === 'text' ? { ...answer, text: keptText(path, answer.text, referred) } : answer;
}

function keptText(path: string, text: string, referred: Referred): string {
  if (path === '/etc/hostname') return /^\s*[\w.-]{1,253}\s*$/.test(text) ? text : keptNothing(text);
  if (path.startsWith('/var/log/')) return keptLog(text);
  if (text.includes('-----BEGIN ') && !/^\s*(?:[{[]|(?:apiVersion|kind):)/m.test(text)) return keptPem(text);
  if (path === argumentsFile) return keptArguments(text);
  if (path.startsWith(`${containers}/`)) return keptContainer(text);
  if (/^\s*\[(?:Unit|Service|Install)\]\s*$/m.test(text)) return keptUnit(text, referred);
  const document = keptDocument(text);
  if (document !== null) return document;
  if (path === environmentFile || isEnvironment(text)) return keptEnvironment(text, referred);
  return /^[ \t]*(?:apiVersion|kind|metadata|spec)[ \t]*:/m.test(text) ? keptLines(text) : keptNothing(text);
}

/** Of Docker's record of kube-apiserver's container its words; of the others nothing is read. */
function keptContainer(text: string): string {
  const record = containerRecord(parseJson(text));
  if (record?.Name !== containerName) return keptNothing(text);
  return JSON.stringify({ ...record, Args: keptWords(record.Args ?? []) });
}
