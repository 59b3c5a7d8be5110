/** Command lines → the same without the values that no fact reads. A value becomes its length, and quotes, blanks and lines stay. Pure. */
import { aggregationFlags } from '../shared/aggregation-flags.ts';

/** What stands in place of a value. A shell, systemd and YAML take it for one plain word. */
export const withheld = (value: string): string => `REDACTED-${[...value].length}`;
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

/** What the words so far say of the next one. */
interface Before {
  /** Of a flag whose value is the next word. */
  readonly flag?: string;
}

/** One word as it is kept, and what it says of the next. */
function word(text: string, { flag }: Before): readonly [string, Before] {
  const [, dashes = '', name = '', joint = '', value = ''] =
    /^(\s*[-\u2010-\u2015\u2212]{1,3})([A-Za-z][\w.-]*)(\s*=\s*|\s+|)([\s\S]*)$/.exec(text) ?? [];
  if (dashes !== '') {
    if (joint === '' && value === '') return [text, { flag: name }];
    return [joint === '' || kept(name, value) ? text : `${dashes}${name}${joint}${withheld(value)}`, {}];
  }
  if (flag !== undefined && !punctuation.test(text)) return [kept(flag, text) ? text : withheld(text), {}];
  const [, variable = '', assigned = ''] = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(text) ?? [];
  if (variable !== '') return [`${variable}=${keptValue(variable, assigned)}`, {}];
  return [programs.test(text) || punctuation.test(text) || isPlain(text) ? text : withheld(text), {}];
}
const kept = (flag: string, value: string): boolean => isRead(flag) || isPlain(value);

/** The value of a flag. */
export const keptFlag = (flag: string, value: string): string => (kept(flag, value) ? value : withheld(value));

/** The value of a variable: of a proxy, or the words of a command line. */
export const keptValue = (name: string, value: string, read: ReadonlySet<string> = new Set()): string => {
  if (/_proxy$/i.test(name) || read.has(name) || isPlain(value)) return value;
  return /(?:^|\s)["']?--?[a-z]/.test(value) ? keptScript(value) : withheld(value);
};

/** The words of `command` and `args`. One that is a script of its own is kept as a script is. */
export function keptWords(words: readonly string[]): readonly string[] {
  let before: Before = {};
  return words.map((text) => {
    if (isScript(text)) return keptScript(text);
    const [kept, next] = word(text, before);
    before = next;
    return kept;
  });
}
const isScript = (text: string): boolean => /(?:^|[\s/])(?:kube-apiserver|exec)\s/.test(text) || /\s--?[a-z][\w-]*=/.test(text);

/** A script of a shell, or what systemd starts: each word in its place. */
export function keptScript(text: string): string {
  let before: Before = {};
  return text.replace(
    /\\\r?\n|"(?:\\[\s\S]|[^"\\])*"?|'[^']*'?|[;&|<>]+|#[^\n]*|(?:\\[^\n]|[^\s"';&|<>\\])+(?:=?(?:"(?:\\[\s\S]|[^"\\])*"?|'[^']*'?))?/g,
    (token) => {
      if (/^\\\r?\n$/.test(token) || /^[;&|<>]+$/.test(token)) return token;
      if (token.startsWith('#')) return '#';
      const [, head = '', quote = '', inside = ''] = /^([^"']*)(["']?)([\s\S]*)$/.exec(token) ?? [];
      const closed = quote !== '' && inside.endsWith(quote);
      const body = closed ? inside.slice(0, -1) : inside;
      if (head === '' && isScript(body)) return `${quote}${keptScript(body)}${closed ? quote : ''}`;
      const plain = head + body;
      const [keptText, next] = word(plain, before);
      before = next;
      if (keptText === plain) return token;
      return keptText + (token.match(/\r?\n/g) ?? []).map((end) => `\\${end}`).join('');
    },
  );
}
