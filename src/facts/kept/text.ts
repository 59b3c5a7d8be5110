/** Texts that are no documents → what facts read of them. Pure. */
import { isUsage } from '../../signatures/exit-log.ts';
import { linesOf } from '../../signatures/log-lines.ts';
import { tells } from '../../signatures/tells.ts';
import { withheld } from './words.ts';

/** PEM: certificates and public keys. A text around them is withheld, and lines stay. */
export function keptPem(text: string): string {
  let inside = false;
  return text.replace(/[^\r\n]+/g, (line) => {
    const [, side, label = ''] = /^-{4,5} ?(BEGIN|END) ([A-Z0-9 ]{1,40})/.exec(line.trim()) ?? [];
    if (side === 'BEGIN') inside = /CERTIFICATE|PUBLIC KEY/.test(label);
    if (side !== undefined) {
      if (side === 'END') inside = false;
      return line;
    }
    return inside && /^[\sA-Za-z0-9+/=]*$/.test(line) ? line : line.trim() === '' ? line : withheld(line.trim());
  });
}

/** A log: the lines that some table of texts recognises; of nothing but options that it is that. */
export const keptLog = (text: string): string =>
  isUsage(text)
    ? 'Usage:\n'
    : linesOf(text)
        .filter((line) => tells(line.text))
        .map(({ raw }) => `${raw}\n`)
        .join('');

/** What cannot be read as anything: how long each line is. */
export const keptNothing = (text: string): string => text.replace(/[^\r\n]*\S[^\r\n]*/g, (line) => withheld(line.trim()));
