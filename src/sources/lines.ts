/**
 * The format of a snapshot: JSON lines, for a person who makes one by hand as much as for `record`.
 *
 *     {"aggctl":2,"captured":"2026-11-23T15:11:41Z","origin":"recorded","version":"0.1.0"}
 *     {"kind":"api","path":"/version","answer":{"status":200,"headers":{…},"ms":3,"json":{"major":"1",…}}}
 *     {"kind":"api","path":"/healthz","unavailable":{"why":"unreachable","message":"timed out after 10 s"}}
 *     {"kind":"connection","answer":"none"}
 *     {"kind":"file","path":"/etc/hostname","answer":{"is":"text","text":"cp-1\n","mode":"0644","uid":0,"gid":0,"mtime":"…"}}
 *     {"answers":4,"sha256":"…"}
 *
 * The first line is the header, the last one counts the answers and holds the digest of all lines before it. Between them: one question and its answer a
 * line, sorted. `json` is the body of an answer of the API whose text is this JSON and a line break; any other body is `text`.
 * A snapshot may extend another one of its folder (`"extends":"healthy"`): it holds what differs. The answer `null` removes one; `changes` in place of
 * `answer` holds the members that differ, where null removes one, and objects of a list stand by their names:
 *
 *     {"kind":"api","path":"/flagz","changes":{"json":{"flags":{"requestheader-allowed-names":"[aggregator]"}}}}
 */
import { createHash, type Hash } from 'node:crypto';
import { isObject, parseJson } from '../decode.ts';
import type { AnyQuestion, Kind, Observed } from '../model.ts';
import type { Kept } from './answer.ts';
import { keyOf } from './question.ts';

/** The newest format, in which `record` writes. */
export const format = 2;

export interface Header {
  readonly aggctl: typeof format;
  readonly captured: string;
  /** What aggctl recorded it may also replace; and its texts hold no secrets. */
  readonly origin?: 'recorded' | 'hand-made';
  /** Of the program that recorded. */
  readonly version?: string;
  /** Name of the snapshot in the same folder from which this one differs. */
  readonly extends?: string;
}

/** What a line keeps for its question: an answer, or why there was none. Where a snapshot extends another: null, or what changes in its answer. */
export type Entry =
  | { readonly answer: Kept | 'none' | null }
  | { readonly unavailable: Kept }
  | { readonly changes: Readonly<Record<string, unknown>> };

/** One line, without its line break. */
export function encode(question: AnyQuestion, observed: Observed<unknown>): string {
  const { ok, ...reason } = observed;
  // The only answer that is null: there is no kubeconfig.
  return encodeEntry(keyOf(question), ok ? { answer: (observed.value as Kept | null) ?? 'none' } : { unavailable: reason });
}

/** The same of the key of a question. */
export function encodeEntry(key: string, entry: Entry): string {
  const kept = 'answer' in entry && isObject(entry.answer) ? { answer: withJson(key, entry.answer) } : entry;
  return `${key.slice(0, -1)},${JSON.stringify(kept).slice(1)}`;
}

/** The answer as it is written: of the API the body as JSON, where it is. */
export function withJson(key: string, answer: Kept): Kept {
  if (!key.startsWith('{"kind":"api"')) return answer;
  const { status, headers, ms, text, ...others } = answer;
  const rest = { status, headers, ms, ...others };
  const json = typeof text === 'string' ? parseJson(text) : undefined;
  return json !== undefined && `${JSON.stringify(json)}\n` === text ? { ...rest, json } : { ...rest, text };
}

/** A line that holds a question: its key and what is kept. A string says what is wrong with it. */
export function decode(line: string): { readonly key: string; readonly entry: Entry } | string {
  const value = parseJson(line);
  if (value === undefined) return 'is not JSON';
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'is not an object';
  const { answer, unavailable, changes, ...question } = value as Record<string, unknown>;
  if (!kinds.includes(question.kind)) return `asks no question: its "kind" is ${JSON.stringify(question.kind)}`;
  const key = keyOf(question as unknown as AnyQuestion);
  if (isObject(unavailable)) return { key, entry: { unavailable } };
  if (isObject(changes)) return { key, entry: { changes } };
  if (answer === null || answer === 'none') return { key, entry: { answer } };
  return isObject(answer) ? { key, entry: { answer: withText(answer) } } : 'has no "answer"';
}

/** The answer as it is read. */
export function withText(answer: Kept): Kept {
  if (!('json' in answer)) return answer;
  const { json, status = 200, ...rest } = answer;
  return { status, ...rest, text: `${JSON.stringify(json)}\n` };
}

const kinds: readonly unknown[] = ['connection', 'file', 'dir', 'key', 'api', 'handshake'] satisfies Kind[];

/** The digest of all lines before the last one. */
export const digest = (): Hash => createHash('sha256');

/** The whole text of a snapshot. The order of `lines` does not matter. */
export function document(header: Header, lines: readonly string[]): string {
  const body = [JSON.stringify(header), ...[...lines].sort()].map((line) => `${line}\n`).join('');
  return `${body}${JSON.stringify({ answers: lines.length, sha256: digest().update(body).digest('hex') })}\n`;
}
