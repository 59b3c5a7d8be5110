/** What of a TypeScript file is code. */

/** A comment, a string, a regular expression; what opens and closes; any other character. */
const ofCode =
  /(\/\/[^\n]*|\/\*.*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|(?<=[(,=:[!&|?{};]\s*|=>\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n[])+\/[a-z]*)|./sy;
const ofTemplate = /\\.|`|\$\{|./sy;

/** The text, of the same length, with strings, comments and regular expressions blank; what a template holds in `${}` is code. */
export function codeOf(text: string): string {
  let code = '';
  const open: string[] = [];
  while (code.length < text.length) {
    const inTemplate = open.at(-1) === '`';
    const token = inTemplate ? ofTemplate : ofCode;
    token.lastIndex = code.length;
    const [found = '', blank] = token.exec(text) ?? [];
    if (inTemplate ? found === '`' : found === '}') open.pop();
    else if (inTemplate ? found === '${' : found === '{') open.push('{');
    else if (!inTemplate && found === '`') open.push('`');
    code += inTemplate || blank ? found.replace(/[^\n]/g, ' ') : found;
  }
  return code;
}
