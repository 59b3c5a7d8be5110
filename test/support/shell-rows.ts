/** What a person types into any shell (`\t` is the key Tab), and the arguments that aggctl gets. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names with what shells treat in their own ways: bash splits words at the first two kinds, and would run the third. */
const contexts = ['arn:aws:eks:eu-west-1:1:cluster/prod', 'admin@kubernetes', "it's $(touch pwned) here"];

/** A folder with the files that the rows name; gives the environment. */
export function prepare(folder: string): { readonly PWD: string; readonly KUBECONFIG: string } {
  writeFileSync(join(folder, 'config'), JSON.stringify({ contexts: contexts.map((name) => ({ name, context: {} })) }));
  writeFileSync(join(folder, 'recorded.jsonl'), '');
  mkdirSync(join(folder, 'root-of-node'));
  return { PWD: folder, KUBECONFIG: join(folder, 'config') };
}

export const rows: readonly (readonly [keys: string, args: readonly string[]])[] = [
  ['aggctl expl\tgroup-head\t', ['explain', 'group-headers-missing']],
  ['kubectl-aggctl cert\t', ['certs']],
  ['true | aggctl cert\t', ['certs']],
  ['aggctl doctor --allow-\t', ['doctor', '--allow-incomplete']],
  ['aggctl doctor -o jsonl\t', ['doctor', '-o', 'jsonl']],
  ['aggctl doctor --output=ya\t', ['doctor', '--output=yaml']],
  ['aggctl doctor --context adm\t', ['doctor', '--context', 'admin@kubernetes']],
  ['aggctl doctor --context arn:aws:e\t', ['doctor', '--context', 'arn:aws:eks:eu-west-1:1:cluster/prod']],
  ['aggctl doctor --context=arn:aws:e\t', ['doctor', '--context=arn:aws:eks:eu-west-1:1:cluster/prod']],
  ['aggctl doctor --context it\t', ['doctor', '--context', "it's $(touch pwned) here"]],
  [
    'aggctl doctor --check front-proxy-client-expired,group-head\t',
    ['doctor', '--check', 'front-proxy-client-expired,group-headers-missing'],
  ],
  ['aggctl check-apiservice --demo healthy v1.i\t', ['check-apiservice', '--demo', 'healthy', 'v1.inventory.example.com']],
  ['aggctl snapshot rec\t', ['snapshot', 'recorded.jsonl']],
  ['aggctl doctor -o json=rec\t', ['doctor', '-o', 'json=recorded.jsonl']],
  ['aggctl doctor --output=json=rec\t', ['doctor', '--output=json=recorded.jsonl']],
  ['aggctl doctor --snapshot=rec\t', ['doctor', '--snapshot=recorded.jsonl']],
];
/** A folder, after which some shells write a slash. */
export const folderRow = ['aggctl doctor --root root-\t', /^root-of-node\/?$/] as const;
