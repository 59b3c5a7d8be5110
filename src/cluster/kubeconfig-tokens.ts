/**
 * Saves the tokens of an auth provider in a kubeconfig, under kubectl's lock (k8s.io/client-go v0.37.2, tools/clientcmd: ModifyConfig, lockFile).
 * Only the tokens change: comments, order and the file itself (owner, mode, links to it) remain.
 */
import { closeSync, constants, openSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { isCollection, isMap, isScalar, isSeq, Scalar } from 'yaml';
import { readLocalFile } from '../local-file.ts';
import { yamlDocuments } from '../yaml.ts';
import { limit, parseKubeconfig } from './kubeconfig.ts';

const fields = ['id-token', 'refresh-token'] as const;
type Tokens = Readonly<Record<(typeof fields)[number], string>>;
/** On one line. */
const forms = new Set<string>([Scalar.PLAIN, Scalar.QUOTE_DOUBLE, Scalar.QUOTE_SINGLE]);

/** Asked before a token is renewed, because one that cannot be saved afterwards is lost: gives what is in the way, or null. */
export const obstacleTo = async (file: string, user: string): Promise<string | null> => {
  const isThere = await access(lockOf(file)).then(
    () => true,
    () => false,
  );
  if (isThere) return locked(file);
  try {
    await access(file, constants.W_OK);
    // For the lock.
    await access(path.dirname(file), constants.W_OK);
  } catch {
    return `\`${file}\` or its directory is read-only`;
  }
  const text = await readLocalFile(file).catch(() => '');
  return withTokens(text.toString(), user, { 'id-token': '', 'refresh-token': '' }) === null
    ? `\`${file}\` does not spell out the tokens of user \`${user}\``
    : null;
};
const lockOf = (file: string): string => `${file}.lock`;
const locked = (file: string): string => `\`${lockOf(file)}\` exists; remove it if no kubectl is running`;

/** Gives why they could not be saved; null: they are. Without a pause, so that no signal ends aggctl in between. */
export const saveTokens = (file: string, user: string, tokens: Tokens): string | null => {
  try {
    closeSync(openSync(lockOf(file), 'wx', 0));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST' ? locked(file) : (error as Error).message;
  }
  try {
    const text = withTokens(readFileSync(file, 'utf8'), user, tokens);
    if (text === null) return `\`${file}\` has changed`;
    writeFileSync(file, text);
    return null;
  } catch (error) {
    return (error as Error).message;
  } finally {
    unlinkSync(lockOf(file));
  }
};

/** The text with these tokens in the place of those that it has; null where they are not written out there, such as by an alias. */
export const withTokens = (text: string, user: string, tokens: Tokens): string | null => {
  const [document] = yamlDocuments(text, { limit, merge: true });
  const users = document?.get('users');
  const entry = isSeq(users) ? users.items.find((item) => isMap(item) && item.get('name') === user) : undefined;
  const config = isCollection(entry) ? entry.getIn(['user', 'auth-provider', 'config']) : undefined;
  if (!isMap(config)) return null;
  const places = fields.flatMap((field) => {
    const node = config.get(field, true);
    if (!isScalar(node) || !forms.has(node.type ?? '') || !node.range) return [];
    return [{ field, from: node.range[0], to: node.range[1] }];
  });
  if (places.length < fields.filter((field) => config.has(field)).length || !config.has('refresh-token')) return null;
  const edited = places
    .sort((a, b) => b.from - a.from)
    // A string of JSON is one of YAML, too.
    .reduce((whole, { field, from, to }) => `${whole.slice(0, from)}${JSON.stringify(tokens[field])}${whole.slice(to)}`, text);
  return parseKubeconfig(edited, '').ok ? edited : null;
};
