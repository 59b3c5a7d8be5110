/** Where a snapshot directory keeps the answer to a question, whether `record` or a person wrote it. */
import { createHash } from 'node:crypto';
import type { AnyQuestion } from '../model.ts';

/** Relative to the snapshot's folder, parts apart. */
export interface Location {
  /** The file that holds the answer, or all of it but its text. */
  readonly note: readonly string[];
  /** What a person may put there as it is: a file, a folder, the JSON of an answer with status 200. */
  readonly plain?: readonly string[];
  /** Whether the note holds the question, because the file name is too long to encode it. */
  readonly hashed: boolean;
}

/** With a suffix such as `.answer.json` a name stays under 200 bytes. */
const longest = 180;

/**
 * The place of a question's answer; a string says why there can be none: a path that is not absolute, or holds `..`.
 *
 *     connection.json                                 connection
 *     files/etc/kubernetes/x.yaml                     file: the text as it is
 *     notes/etc/kubernetes/x.yaml.json                file: owner, mode, time; or that it is absent, a directory, binary
 *     dirs/etc/kubernetes/manifests.json              dir
 *     keys/etc/kubernetes/pki/x.key.json              key: form and public half
 *     api/apis/apps/v1.json                           api: the body; alone it means 200 and JSON
 *     api/apis/apps/v1.answer.json                    api: status, headers, ms, and the text when it is not the JSON beside it
 *     api/apis~accept=application%2Fjson~nth=2.json   api: what differs from a plain GET follows in the order POST, accept, body, server, nth
 *     handshakes/10.0.0.1%3A443~NAME~front-proxy.json handshake: host and port, server name, what is presented; then pair, request and pod
 *
 * Parts are percent-encoded but for letters, digits and `-._=,+@`; an empty part is a single `%`. A name over 180 bytes is cut, and ends in `~` and a hash.
 */
export function locate(question: AnyQuestion): Location | string {
  switch (question.kind) {
    case 'clock':
    case 'connection':
      return { note: [`${question.kind}.json`], hashed: false };
    case 'handshake': {
      const { host, port, serverName, present, pair, request, pod } = question;
      const showing = pair ? [`pair=${pair.certificate}`, pair.key] : [];
      const asking = request ? [`GET=${request.path}`, JSON.stringify(request.headers)] : [];
      const behind = pod ? [`pod=${pod.namespace}`, pod.name, `${pod.port}`] : [];
      const name = [`${host}:${port}`, serverName, present, ...showing, ...asking, ...behind].map(encode).join('~');
      return { note: ['handshakes', `${short(name)}.json`], hashed: isLong(name) };
    }
    case 'api': {
      const { method, path, accept, body, server, nth } = question;
      const differs = [
        method === 'GET' ? undefined : method,
        ...Object.entries({ accept, body, server, nth }).map(([name, value]) =>
          value === undefined ? undefined : `${name}=${encode(`${value}`)}`,
        ),
      ].filter((part) => part !== undefined);
      return place('api', path, differs);
    }
    case 'file':
      return place('notes', question.path, []);
    case 'dir':
    case 'key':
      return place(`${question.kind}s`, question.path, []);
  }
}

function place(tree: string, path: string, differs: readonly string[]): Location | string {
  const parts = path.slice(1).split('/');
  if (!path.startsWith('/') || parts.includes('..'))
    return `\`${path}\` was not read: a path must be absolute and must not contain \`..\`.`;
  const plain = parts.map(encode);
  const last = [plain.at(-1), ...differs].join('~');
  const names = [...plain.slice(0, -1), last];
  const inTree = names.map((name) => short(apart(name)));
  const note = (suffix: string) => [tree, ...inTree.slice(0, -1), `${inTree.at(-1)}${suffix}`];
  const hashed = names.some(isLong);
  if (tree === 'api') return { note: note('.answer.json'), plain: note('.json'), hashed };
  if (tree !== 'keys') return { note: note('.json'), plain: ['files', ...names.map(short)], hashed };
  return { note: note('.json'), hashed };
}

/** One part of a path, a query included, as a file name. */
function encode(part: string): string {
  if (part === '') return '%';
  const encoded = part.replace(/[^A-Za-z0-9\-._=,+@]/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
  return /^\.+$/.test(encoded) ? encoded.replaceAll('.', '%2E') : encoded;
}

/** The part of a path that a file name stands for; null when it does not stand for a whole one. */
export function decode(name: string): string | null {
  if (name === '%') return '';
  try {
    const part = decodeURIComponent(name);
    return short(encode(part)) === name ? part : null;
  } catch {
    return null;
  }
}

/** Keeps `x.json` the folder, and `x.answer` the name, apart from the note and the answer of `x`. */
const apart = (name: string): string => name.replace(/\.(json|answer)$/, '%2E$1');

const isLong = (name: string): boolean => name.length > longest;

function short(name: string): string {
  if (!isLong(name)) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 16);
  return `${name.slice(0, 120).replace(/%.?$/, '')}~${hash}`;
}

/** One text for equal questions, whatever the order of their members. */
export function canonical(question: AnyQuestion): string {
  return JSON.stringify(
    Object.entries(question)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
