/** Does what a person does with a fix: pastes its commands, and edits where one of them opens an editor. */
import type { ControlPlane } from './control-plane.ts';
import { manifestAt } from './manifest.ts';

/** What a fix needs of a person: an edit behind `vi` is made as its comment says; what stands for a value, as `CA.crt`, is given. */
export interface Given {
  readonly [placeholder: string]: string;
}

/** Commands that look, and change nothing. */
const looks =
  /^(?:kubectl(?: -n \S+)? (?:get|describe|logs|api-resources|explain|auth can-i)\b|openssl x509\b|crictl (?:ps|logs)\b|ip (?:-6 )?(?:route|address)\b|(?:ls|grep|tail|head|curl|journalctl|iptables-save|sleep \d+; kubectl (?:get|api-resources)|sleep \d+; aggctl|ss|nslookup|dig|getent)\b|(?:sudo )?aggctl\b|helm (?:-n \S+ )?get\b|for i in \$\(seq)/;
export const onlyLooks = (commands: readonly string[]): boolean =>
  commands.every((command) => looks.test(command) && !/>\s*[^/&\s]|>\s*\/(?!dev\/null)/.test(command));

/** Why a fix cannot be pasted here; null: it can. */
export function notPasted(commands: readonly string[], given: Given): string | null {
  const text = commands.join('\n');
  const needs = [...text.matchAll(/\b(?:CA\.crt|NAMESPACE|SERVICE|KEY=VALUE|IMAGE|OTHER-NODE|VERSION|REVISION)(?![\w.-])/g)].map(
    ([word]) => word,
  );
  const missing = needs.find((word) => !(word in given));
  if (missing) return `needs ${missing}`;
  if (/<[A-Z]+>/.test(text)) return 'needs a value that nobody can know';
  if (/^vi .*# (?:.*\b(?:NO_PROXY|volumeMount)\b|Write |Keep |Mount |without |Remove \S+ from )/m.test(text))
    return 'needs an edit of more than flags';
  if (/\bkubectl\b.* edit /.test(text)) return 'opens an editor on an object';
  if (/\b(?:systemctl|timedatectl|snap|crictl|docker|helm|scp)\b/.test(text))
    return 'needs a service manager, a runtime, helm or another node';
  return null;
}

/** Runs them as one script, as root on the node, with the administrator's kubeconfig. Gives the exit status and what went to stderr. */
export async function paste(cp: ControlPlane, commands: readonly string[], given: Given = {}) {
  const inLab = (text: string) =>
    Object.entries(given)
      .reduce((done, [placeholder, value]) => done.replaceAll(placeholder, value), text)
      .replaceAll('/root/', `${cp.folder}/`);
  for (const part of parts(commands.map(inLab))) {
    if ('edit' in part) {
      await edit(part.file, part.edit);
      continue;
    }
    const { status, stderr } = await cp.run([
      'sh',
      '-e',
      '-c',
      `cd ${cp.folder}\nexport KUBECONFIG=${cp.kubeconfig.superAdmin}\n${part.script}`,
    ]);
    if (status !== 0) return { status, stderr, script: part.script };
  }
  return { status: 0, stderr: '', script: '' };
}

type Part = { readonly script: string } | { readonly file: string; readonly edit: string };
/** What is run up to an edit, the edit, and what is run after it. */
function parts(commands: readonly string[]): readonly Part[] {
  const all: Part[] = [];
  let script: string[] = [];
  for (const command of commands) {
    const [, file, edit] = /^vi (\S+) +# (.*)$/s.exec(command) ?? [];
    if (file === undefined || edit === undefined) {
      script.push(command);
      continue;
    }
    all.push({ script: script.join('\n') }, { file, edit });
    script = [];
  }
  return [...all, { script: script.join('\n') }].filter((part) => 'edit' in part || part.script !== '');
}

/** Edits a manifest as the comment of a fix says, word by word. Fails where it says anything else. */
async function edit(file: string, says: string): Promise<void> {
  const manifest = manifestAt(file);
  const flags = [...says.matchAll(/--([a-z][a-z-]*)=?(\S*?)(?=,? |,?$|\.$)/g)].map(([, flag = '', value = '']) => ({ flag, value }));
  const [first] = flags;
  if (!first) throw new Error(`no flag is named: ${says}`);
  const add = /^Add (\S+) to --/.exec(says)?.[1];
  if (add) {
    const before = (await manifest.command()).findLast((word) => word.startsWith(`--${first.flag}=`));
    const values = before ? before.slice(first.flag.length + 3) : '';
    return manifest.set(first.flag, [values, add].filter(Boolean).join(','));
  }
  if (/^Set /.test(says)) {
    for (const { flag, value } of flags) await manifest.set(flag, value);
    return;
  }
  if (/^(?:Remove|remove) --/.test(says)) return manifest.remove(first.flag);
  throw new Error(`an edit that no test can make: ${says}`);
}
