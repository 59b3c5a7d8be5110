/** What the page may do: nothing but its own style and script, told by their hashes (w3.org/TR/CSP3). */
import { createHash } from 'node:crypto';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

export const policyOf = ({ style, script }: { readonly style: string; readonly script: string }): string =>
  `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; base-uri 'none'; form-action 'none'`;
