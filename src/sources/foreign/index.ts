/** What other tools collected, read as a snapshot. */
import { stat } from 'node:fs/promises';
import type { AnyQuestion, Ask, Observed } from '../../model.ts';
import { unavailable } from '../answer.ts';
import { archiveTree } from './archive.ts';
import { foreignAnswer } from './ask.ts';
import { type Collected, collectedAt } from './clock.ts';
import { clusterInfoDump } from './cluster-info-dump.ts';
import { type Collection, collect } from './collection.ts';
import type { Reader, Resource } from './holding.ts';
import { kubectlOutput } from './kubectl-output.ts';
import { mustGather } from './must-gather.ts';
import { questionsOf } from './questions.ts';
import { resourceNamed } from './resources.ts';
import { supportBundle } from './support-bundle.ts';
import { directoryTree, fileTree, type Tree } from './tree.ts';

/** The first that recognizes its files reads them. */
const readers: readonly Reader[] = [mustGather, supportBundle, clusterInfoDump, kubectlOutput];

export interface Foreign {
  readonly ask: Ask;
  readonly incomplete: string | null;
  /** The tool, and whether it wrote down when: else the newest time in its files stands for it. */
  readonly collected: { readonly by: string; readonly dated: Collected['known'] };
  /** What of it aggctl can ask for. */
  readonly questions: () => Promise<readonly AnyQuestion[]>;
}

/** Opens a directory, an archive, or a file. null: no tool that aggctl knows wrote it. Not available (`malformed`): nobody can read it. */
export async function foreignSnapshot(path: string): Promise<Observed<Foreign> | null> {
  const no = (reason: string) => unavailable('malformed', `${path} is not a snapshot: ${reason}`);
  try {
    const isDirectory = (await stat(path)).isDirectory();
    const isArchive = /\.(?:tar|tar\.gz|tgz)$/i.test(path);
    const tree = await (isDirectory ? directoryTree(path) : isArchive ? archiveTree(path) : fileTree(path));
    const reader = isDirectory || isArchive ? readers.find(({ recognizes }) => recognizes(tree.paths)) : whateverItsName;
    if (!reader) return null;
    const collection = await collect(tree, reader);
    const twice = await collection.twice();
    if (twice)
      return no(`it holds what was collected of several clusters, or at several times: ${twice} has two UIDs; name the output of one run`);
    const [questions, collected] = [await questionsOf(collection), await collectedAt(collection, reader)];
    const found = { tree, reader, collection, collected };
    if (questions.length > 0 && collected) return { ok: true, value: await opened({ ...found, collected }) };
    const [unread] = await collection.unread();
    if (unread) return no(unread.message);
    return reader.name === kubectlOutput.name ? null : no(`this ${reader.name} holds no object that aggctl reads`);
  } catch (error) {
    return no((error as Error).message);
  }
}
/** A file that a person names is read, whatever it is called. */
const whateverItsName: Reader = { ...kubectlOutput, holds: () => ({ is: 'objects' }) };

interface Found {
  readonly tree: Tree;
  readonly reader: Reader;
  readonly collection: Collection;
  readonly collected: Collected;
}
async function opened({ tree, reader, collection, collected }: Found): Promise<Foreign> {
  const captured = collected.at.toISOString();
  const ask = (question: AnyQuestion) => foreignAnswer(collection, reader, { question, captured });
  return {
    ask: ask as Ask,
    incomplete: tree.incomplete ?? (await lacking(collection)),
    collected: { by: reader.name, dated: collected.known },
    questions: () => questionsOf(collection),
  };
}

const apiServices = resourceNamed('apiregistration.k8s.io', 'apiservices') as Resource;
/** Why it does not show every extension API server, in a clause. */
async function lacking(collection: Collection): Promise<string | null> {
  const { objects, isWhole, unread } = await collection.select(apiServices);
  if (unread) return unread.message;
  if (isWhole) return null;
  return objects.length === 0
    ? 'it holds no APIService, so no extension API server was checked'
    : 'nothing shows that it holds every APIService, and only those in it were checked';
}
