/** kubectl's options of a command, without its others. */
import type { ClientOptions } from '../cluster/settings.ts';

const clientOptionNames = [
  'kubeconfig',
  'context',
  'cluster',
  'user',
  'server',
  'token',
  'as',
  'asGroup',
  'asUid',
  'requestTimeout',
  'tlsServerName',
  'insecureSkipTlsVerify',
  'certificateAuthority',
  'clientCertificate',
  'clientKey',
] as const satisfies readonly (keyof ClientOptions)[];

/** Only kubectl's options. */
export const clientOptions = (options: ClientOptions): ClientOptions =>
  Object.fromEntries(clientOptionNames.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])));
