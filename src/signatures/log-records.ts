/**
 * What one line of a log says, whichever of these formats its program writes: klog in JSON (k8s.io/component-base v0.37.2, logs/json/json.go),
 * zap in JSON and for consoles (go.uber.org/zap v1.28.0, zapcore), which logr's zapr writes, logrus as text and in JSON
 * (github.com/sirupsen/logrus v1.9.4, text_formatter.go), and Go's own `log`.
 */
import { anything, date, isObject, looseDate, object, parseJson, string } from '../decode.ts';
import { klogTime, klogValue, unescaped } from './log-lines.ts';

export interface LogRecord {
  /** The message, and the error that goes with it. */
  readonly text: string;
  /** The program ends with it. */
  readonly isFatal: boolean;
  /** When it was written by its own account; null: it does not say. */
  readonly at: Date | null;
}

/** null: the line is in none of these formats; klog's own is not among them. */
export function recordIn(line: string): LogRecord | null {
  return fromJson(line) ?? fromLogrus(line) ?? fromConsole(line) ?? fromGo(line);
}

/** What is said, without what quotes it. */
export const saidIn = (line: string): string => recordIn(line)?.text ?? unescaped(line);

/** When a line was written by its own account. */
export const timeIn = (line: string, now: Date): Date | null => klogTime(line, now) ?? recordIn(line)?.at ?? null;

/** The value of a key in klog's two formats; null: there is none that is a string. */
export function valueIn(line: string, key: string): string | null {
  const fields = fieldsIn(line);
  return fields ? textOf(fields, key) : klogValue(line, key);
}

type Fields = Readonly<Record<string, unknown>>;
const isFatal = (level: string | undefined): boolean => /^(?:d?panic|fatal)$/i.test(level ?? '');
const joined = (message: string | null, error: string | null | undefined): string => [message, error].filter((one) => one).join(': ');

function fieldsIn(line: string): Fields | null {
  const value = line.startsWith('{') ? parseJson(line) : null;
  return isObject(value) ? value : null;
}
const textOf = (fields: Fields, key: string): string | null => (Object.hasOwn(fields, key) && string(fields[key])) || null;

const jsonRecord = object({ msg: string, message: string, error: string, err: string, level: string, ts: anything, time: anything });

function fromJson(line: string): LogRecord | null {
  const { msg, message = msg, err, error = err, level, time, ts = time } = jsonRecord(fieldsIn(line)) ?? {};
  if (message === undefined) return null;
  // component-base says so of a command that ends with an error.
  const failed = message === 'command failed' && error !== undefined;
  return { text: failed ? error : joined(message, error), isFatal: failed || isFatal(level), at: timeOf(ts) };
}
/** klog counts milliseconds, zap seconds; others write it out. */
function timeOf(value: unknown): Date | null {
  if (typeof value !== 'number') return typeof value === 'string' ? (date(value) ?? null) : null;
  return looseDate(value < 1e11 ? value * 1000 : value) ?? null;
}

function fromLogrus(line: string): LogRecord | null {
  const [, level, rest = ''] = /^time=(?:"[^"]*"|\S+) level=(\w+) (.*)/s.exec(line) ?? [];
  // With colours its time is the seconds since it started.
  const coloured = /^[^A-Z]{0,6}(FATA|PANI|ERRO|WARN|INFO|DEBU|TRAC).{0,5}?\[\d{1,10}\] ?(.*)/s.exec(line);
  if (coloured) return { text: coloured[2]?.trim() ?? '', isFatal: /^(?:FATA|PANI)/.test(coloured[1] ?? ''), at: null };
  if (level === undefined) return null;
  const value = (key: string) => klogValue(rest, key) ?? new RegExp(`(?:^| )${key}=([^" ]\\S*)`).exec(rest)?.[1] ?? null;
  return { text: joined(value('msg'), value('error')), isFatal: isFatal(level), at: date(klogValue(line, 'time') ?? '') ?? null };
}

function fromConsole(line: string): LogRecord | null {
  const [time = '', level = '', ...rest] = line.split('\t');
  if (!/^(?:DEBUG|INFO|WARN|ERROR|DPANIC|PANIC|FATAL)$/i.test(level)) return null;
  const fields = fieldsIn(rest.at(-1) ?? '');
  const message = (fields ? rest.slice(0, -1) : rest).at(-1) ?? null;
  return { text: joined(message, fields && textOf(fields, 'error')), isFatal: isFatal(level), at: date(time) ?? null };
}

/** `log.Fatal` writes as `log.Print` does. */
function fromGo(line: string): LogRecord | null {
  const [, text] = /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?:\.\d+)? (?:[\w./-]{1,200}\.go:\d+: )?(.*)/s.exec(line) ?? [];
  return text === undefined ? null : { text, isFatal: false, at: null };
}
