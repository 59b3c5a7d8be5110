/** Command lines → the same without the values that no fact reads. A value becomes its length, and quotes, blanks and lines stay. Pure. */
import { aggregationFlags } from '../../model.ts';

/** What stands in place of a value. A shell, systemd and YAML take it for one plain word. */
export const withheld = (value: string): string => (isWithheld(value) ? value : `REDACTED-${[...value].length}`);
const isWithheld = (value: string): boolean => /^(?:<?REDACTED(?:-\d+)?>?)$/.test(value);

/** Beside the layer's own: of kube-apiserver, of extension servers, and of what starts them. */
const readFlags = new Set([
  ...aggregationFlags.map(({ name }) => name),
  ...['advertise-address', 'allow-privileged', 'anonymous-auth', 'authentication-config', 'authorization-config', 'authorization-mode'],
  ...['bind-address', 'feature-gates', 'kubelet-preferred-address-types', 'peer-advertise-ip', 'peer-advertise-port', 'runtime-config'],
  ...['enable-admission-plugins', 'disable-admission-plugins', 'kubelet-insecure-tls', 'kubelet-port', 'metric-resolution'],
  ...['secure-port', 'service-cluster-ip-range', 'tls-cipher-suites', 'tls-min-version', 'v', 'data-dir', 'openshift-config'],
]);
/** Names of the layer that were written wrong are read, too. */
const ofTheLayer = /^(?:requestheader|proxy-client|enable-aggregat|aggregator-|client-ca|egress-selector|peer-)/;
/** Whether a fact reads the value of a flag, whatever its case and its dashes. */
const isRead = (name: string): boolean => {
  const plain = name.toLowerCase().replaceAll('_', '-');
  return readFlags.has(plain) || ofTheLayer.test(plain);
};

const truth = /^(?:|true|false|null|~|\d{1,5}(?:\.\d+)?(?:ns|us|ms|[smh])?)$/i;
/** A path of the node says where to look. */
const path = /^\/(?:bin|dev|etc|home|host|mnt|opt|proc|root|run|sbin|snap|srv|tmp|usr|var)(?:\/[\w.@:+~-]{1,100}){0,20}\/?$/;
const variable = /^"?\$(?:\w+|\{\w+\}|\(\w+\))"?$/;
/** Whether a value has nothing to hide, whoever it is of. */
const isPlain = (value: string): boolean => truth.test(value) || path.test(value) || variable.test(value) || isWithheld(value);

const programs =
  /^[-@:+!|]*(?:\/[\w./-]+\/)?(?:kube-apiserver|hyperkube|apiserver|kubelite|k3s|rke2|k0s|env|exec|set|sh|bash|ash|dash|tini|nice|server|controller|errexit|pipefail|tee|-?[a-z]{1,3})$/;
const punctuation = /^[-;&|<>(){}[\]0-9!\\]*$/;

/** Names of variables are of one case; a word in base64 is not. */
const assignment = /^([A-Z_][A-Z\d_]{0,60}|[a-z_][a-z\d_]{0,60})=(?!=?$)([\s\S]*)$/;

/** What the words so far say of the next one. */
interface Before {
  /** Of a flag whose value is the next word. */
  readonly flag?: string;
}

/** One word as it is kept, and what it says of the next. `read`: variables whose values are read. */
function word(text: string, { flag }: Before, read: ReadonlySet<string>): readonly [string, Before] {
  const [, dashes = '', name = '', joint = '', value = ''] =
    /^(\s*[-\u2010-\u2015\u2212]{1,3})([A-Za-z][\w.-]*)(\s*=\s*|\s+|)([\s\S]*)$/.exec(text) ?? [];
  if (dashes !== '') {
    if (joint === '' && value === '') return [text, { flag: name }];
    return [joint === '' || kept(name, value) ? text : `${dashes}${name}${joint}${withheld(value)}`, {}];
  }
  if (flag !== undefined && !punctuation.test(text)) return [keptFlag(flag, text), {}];
  const [, variable = '', assigned = ''] = assignment.exec(text) ?? [];
  if (variable !== '') return [`${variable}=${keptValue(variable, assigned, read)}`, {}];
  return [programs.test(text) || punctuation.test(text) || isPlain(text) ? text : withheld(text), {}];
}
const kept = (flag: string, value: string): boolean => isRead(flag) || isPlain(value);

/** The value of a flag. */
export const keptFlag = (flag: string, value: string): string => (kept(flag, value) ? value : withheld(value));

const none: ReadonlySet<string> = new Set();
/** The value of a variable: of a proxy, one that is read, or the words of a command line. */
export function keptValue(name: string, value: string, read = none): string {
  if (/_proxy$/i.test(name) || read.has(name) || isPlain(value)) return value;
  return /(?:^|\s)["']?--?[a-z]/.test(value) ? keptScript(value, read) : withheld(value);
}

/** The words of `command` and `args`. One that is a script of its own is kept as a script is. */
export function keptWords(words: readonly string[]): readonly string[] {
  let before: Before = {};
  return words.map((text) => {
    if (isScript(text)) return keptScript(text);
    const [kept, next] = word(text, before, none);
    before = next;
    return kept;
  });
}
const isScript = (text: string): boolean => /(?:^|[\s/])(?:kube-apiserver|exec)\s/.test(text) || /\s--?[a-z][\w-]*=/.test(text);

/** A line continuation, a string in double or in single quotes, an operator, a comment, a word that may end in such a string. */
const tokens =
  /\\\r?\n|"(?:\\[\s\S]|[^"\\])*"?|'[^']*'?|[;&|<>]+|#[^\n]*|(?:\\[^\n]|[^\s"';&|<>\\])+(?:"(?:\\[\s\S]|[^"\\])*"?|'[^']*'?)?/g;

/** A script of a shell, or what systemd starts: each word in its place. */
export function keptScript(text: string, read = none): string {
  let before: Before = {};
  return text.replace(tokens, (token) => {
    if (/^(?:\\\r?\n|[;&|<>]+)$/.test(token)) return token;
    if (token.startsWith('#')) return '#';
    const [, head = '', quote = '', inside = ''] = /^([^"']*)(["']?)([\s\S]*)$/.exec(token) ?? [];
    const body = quote !== '' && inside.endsWith(quote) ? inside.slice(0, -1) : inside;
    if (head === '' && isScript(body)) return quote + keptScript(body, read) + inside.slice(body.length);
    const [written, next] = word(head + body, before, read);
    before = next;
    if (written === head + body) return token;
    return (/\s/.test(written) ? quote + written + quote : written) + (token.match(/\r?\n/g) ?? []).map((end) => `\\${end}`).join('');
  });
}
