/** Which names announce a secret: of fields, flags, variables and annotations. */

/** What stands in place of a secret. */
export const removed = 'REDACTED';

/** The end of a name whose value is a secret: `token`, `agent-token`, `K3S_TOKEN`, `clientSecret`, `aws_secret_access_key`, `client-key-data`. */
export const secretName =
  '(?:token|password|passwd|passphrase|pwd|secret|credentials?|dsn|connection[-_]?string|(?:api|access|secret|private|certificate|encryption|signing|account|master|shared|hmac)[-_]?key|client-key-data)';

const fieldIsSecret = new RegExp(`${secretName}$|^auth$|^(?:proxy-)?authorization$|^(?:set-)?cookie$`, 'i');
const flagIsSecret = new RegExp(`^--?[\\w.-]*${secretName}$`, 'i');
const assignsSecret = new RegExp(`^(--?[\\w.-]*${secretName}=)([\\s\\S]*)$`, 'i');
const nothingToHide = /^(?:true|false|null|nil|none|~|<[^<>]*>|REDACTED|)$/i;

/** Whether a field, header or variable of this name holds a secret. */
export const namesSecret = (name: string): boolean => fieldIsSecret.test(name);

/** Whether the argument after this one is a secret, as in `--token VALUE`. */
export const flagTakesSecret = (argument: string): boolean => flagIsSecret.test(argument);

/** An argument such as `--token=VALUE` without its value, which may hold spaces; null for any other argument. */
export function withoutFlagValue(argument: string): string | null {
  const [, flag, value = ''] = assignsSecret.exec(argument) ?? [];
  return flag === undefined ? null : flag + (isHarmless(value) ? value : removed);
}

/** Whether a value says nothing although its name announces a secret: empty, a boolean, a placeholder, removed already. */
export const isHarmless = (value: string): boolean => nothingToHide.test(value.trim());

/** Whether an environment variable configures a proxy: the only ones whose value is kept, without credentials. */
export const isProxyVariable = (name: string): boolean => /_proxy$/i.test(name);

/** A proxy's address without its user and password; Go's `httpproxy` takes it with and without a scheme. */
export const withoutCredentials = (proxy: string): string => proxy.replace(/^([a-z][\w+.-]*:\/\/)?[\s\S]*@/i, `$1${removed}@`);

const keptDomains = ['kubernetes.io', 'k8s.io', 'cert-manager.io', 'openshift.io', 'meta.helm.sh'];

/** Whether an annotation's value is kept: those of Kubernetes and of what manages certificates, but never a copy of the whole object. */
export function keepsAnnotation(key: string): boolean {
  if (key === 'kubectl.kubernetes.io/last-applied-configuration') return false;
  const domain = key.includes('/') ? key.slice(0, key.indexOf('/')) : '';
  return keptDomains.some((kept) => domain === kept || domain.endsWith(`.${kept}`));
}

/** Whether an entry of a Secret is public: certificates only. */
export const keepsSecretEntry = (key: string): boolean => key === 'tls.crt' || key === 'ca.crt';
