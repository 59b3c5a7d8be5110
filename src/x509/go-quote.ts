/** Text in double quotes as Go's `%q` writes it, for what the messages that are mirrored here can hold. */
export const goQuote = (text: string): string =>
  JSON.stringify(text)
    .replaceAll('\u007f', '\\x7f')
    .replace(/\\u00([01][0-9a-f])/g, (escaped, code: string) => CONTROL[code] ?? escaped.replace('u00', 'x'));

const CONTROL: Readonly<Record<string, string>> = { '07': '\\a', '0b': '\\v' };
