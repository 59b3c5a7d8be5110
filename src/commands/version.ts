/** `aggctl version`: of aggctl itself, for bug reports. */
import type { Table } from '../model.ts';
import { isExecutable, version } from '../package.ts';

/** One row. */
export async function versions(): Promise<Table> {
  const executable = await isExecutable();
  const item = { aggctl: version, node: process.versions.node, platform: `${process.platform}/${process.arch}`, executable };
  return {
    schemaVersion: 1,
    kind: 'Versions',
    columns: ['AGGCTL', 'NODE.JS', 'PLATFORM'],
    rows: [[item.aggctl, `${item.node}${executable ? ' (inside)' : ''}`, item.platform]],
    items: [item],
  };
}
