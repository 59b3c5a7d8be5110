/** Lists of values in one flag, as pflag's StringSlice reads and writes them with Go's encoding/csv (pflag v1.0.9, go1.26). Pure. */

/** The first record of the text, or why it is refused, in Go's words. */
export function readCsv(text: string): { readonly fields: readonly string[]; readonly fault: string | null } {
  const none = (fault: string | null) => ({ fields: [], fault });
  if (text === '') return none(null);
  const record = text.replace(/\r\n/g, '\n').replace(/^\n+/, '');
  if (record === '') return none('EOF');
  const fields: string[] = [];
  let at = 0;
  while (true) {
    if (record[at] === '"') {
      const quoted = /"((?:[^"]|"")*)("?)/y;
      quoted.lastIndex = at;
      const [all = '', field = '', end] = quoted.exec(record) ?? [];
      at += all.length;
      if (end === '' || !/[,\n]|^$/.test(record.charAt(at)))
        return none(position(record, end === '' ? at : at - 1, 'extraneous or missing " in quoted-field'));
      fields.push(field.replaceAll('""', '"'));
    } else {
      const field = /[^,\n]*/y;
      field.lastIndex = at;
      const [bare = ''] = field.exec(record) ?? [];
      if (bare.includes('"')) return none(position(record, at + bare.indexOf('"'), 'bare " in non-quoted-field'));
      fields.push(bare);
      at += bare.length;
    }
    if (record[at] !== ',') return { fields, fault: null };
    at += 1;
  }
}

/** Go counts bytes of UTF-8, from 1. */
function position(record: string, at: number, fault: string): string {
  const before = record.slice(0, at).split('\n');
  const column = new TextEncoder().encode(before.at(-1)).length + 1;
  return `parse error on line ${before.length}, column ${column}: ${fault}`;
}

/** The values that a refused text is meant to hold, such as a list of JSON: `["a", "b"]`. */
export const meantByCsv = (text: string): readonly string[] =>
  text
    .replace(/^\s*\[|\]\s*$/g, '')
    .split(',')
    .map((field) => field.replaceAll('"', '').trim())
    .filter(Boolean);

/** One record; a value that holds a comma, a quote or a line break is quoted, as is one that begins with a space. */
export const writeCsv = (values: readonly string[]): string =>
  values.map((value) => (/[",\r\n]|^\s/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(',');
