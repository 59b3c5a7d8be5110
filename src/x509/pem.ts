/** What stands between BEGIN and END. `line` is that of its BEGIN, from 1; `end` the position in the text where the line after its END begins. */
export interface PemBlock {
  readonly type: string;
  /** Whether `Key: value` lines precede the content, as in encrypted keys of the old form. */
  readonly headers: boolean;
  readonly bytes: Buffer;
  readonly line: number;
  readonly end: number;
}

const BEGIN = '-----BEGIN ';
const END = '\n-----END ';
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * All blocks that Go finds in a text. Mirrors `pem.Decode` in a loop (encoding/pem, Go 1.26): BEGIN at the start of a line, junk around
 * blocks and blocks that do not decode are passed over, CRLF and blanks at line ends do not matter.
 */
export const pemBlocks = (text: string): readonly PemBlock[] => {
  const blocks: PemBlock[] = [];
  let from = 0;
  for (;;) {
    const end = text.indexOf(END, from);
    if (end < 0) return blocks;
    const afterEnd = end + END.length;
    // The last BEGIN before the END: a BEGIN without an END of its own is skipped.
    const begin = text.lastIndexOf(BEGIN, end - BEGIN.length);
    const block = begin >= from && (begin === from || text[begin - 1] === '\n') ? blockAt(text, begin, end) : null;
    if (block) blocks.push(block);
    from = block ? block.end : afterEnd;
  }
};

/** The position after the end of the line that holds `position`. */
const nextLine = (text: string, position: number): number => {
  const newline = text.indexOf('\n', position);
  return newline < 0 ? text.length : newline + 1;
};

const blockAt = (text: string, begin: number, end: number): PemBlock | null => {
  const line = (from: number) =>
    text
      .slice(from, nextLine(text, from))
      .replace(/\r?\n$/, '')
      .replace(/[ \t]+$/, '');
  const opening = line(begin).slice(BEGIN.length);
  if (!opening.endsWith('-----')) return null;
  const type = opening.slice(0, -'-----'.length);
  if (line(end + 1) !== `-----END ${type}-----`) return null;
  let content = nextLine(text, begin);
  const first = content;
  while (content <= end && line(content).includes(':')) content = nextLine(text, content);
  const base64 = text.slice(content, end + 1).replace(/[ \t\r\n]/g, '');
  const headers = content > first;
  if (!BASE64.test(base64) || (headers && content > end)) return null;
  return {
    type,
    headers,
    bytes: Buffer.from(base64, 'base64'),
    line: text.slice(0, begin).split('\n').length,
    end: nextLine(text, end + END.length),
  };
};

/** Some DER as a PEM block, 64 characters a line. */
export const toPem = (type: string, bytes: Buffer): string =>
  [`-----BEGIN ${type}-----`, ...(bytes.toString('base64').match(/.{1,64}/g) ?? []), `-----END ${type}-----`, ''].join('\n');
