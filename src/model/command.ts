/** A command that a person may paste. */

declare const quoted: unique symbol;
/** A command for a POSIX shell with every value quoted. Only `sh` (src/sh.ts) makes one. */
export type Command = string & { readonly [quoted]: true };
