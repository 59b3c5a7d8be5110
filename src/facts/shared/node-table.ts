/** The nodes of a cluster as the columns that kubectl shows: a hundredth of the objects' size. */
import { apiPath } from '../../api-path.ts';
import { anything, list, object, string } from '../../decode.ts';
import type { Ask, Observed } from '../../model.ts';
import { get } from './kubernetes.ts';
import { map } from './observed.ts';

export interface ListedNode {
  readonly name: string;
  readonly ready: boolean;
  /** It joined less than three minutes ago: metrics need two scrapes. */
  readonly young: boolean;
  /** A provider of virtual nodes answers for it, and not a kubelet. */
  readonly virtual: boolean;
}

const asTable = 'application/json;as=Table;v=v1;g=meta.k8s.io';
const read = ['Name', 'Status', 'Age', 'Version'];
const table = object({ columnDefinitions: list(object({ name: string })), rows: list(object({ cells: list(anything) })) });
/** With the columns that are read alone. */
export const nodeTable = (value: unknown) => {
  const { columnDefinitions = [], rows = [] } = table(value) ?? {};
  const columns = columnDefinitions.flatMap(({ name = '' }, index) => (read.includes(name) ? [{ name, index }] : []));
  if (columns.length === 0) return undefined;
  return {
    columnDefinitions: columns.map(({ name }) => ({ name })),
    rows: rows.map(({ cells = [] }) => ({ cells: columns.map(({ index }) => String(cells[index] ?? '')) })),
  };
};

/** null: there is no such list. */
export async function readNodes(ask: Ask): Promise<Observed<readonly ListedNode[] | null>> {
  const found = await get(ask, apiPath`/api/v1/nodes?includeObject=None`, nodeTable, { accept: asTable });
  return map(found, (nodes) => {
    if (!nodes) return null;
    return nodes.rows.map(({ cells }) => {
      const cell = (name: string) => cells[nodes.columnDefinitions.findIndex((column) => column.name === name)] ?? '';
      return {
        name: cell('Name'),
        // kubernetes/kubernetes, pkg/printers/internalversion/printers.go (printNode), v1.37.2.
        ready: cell('Status').split(',').includes('Ready'),
        young: /^(?:\d+s|2m(?:\d+s)?)$/.test(cell('Age')),
        // https://github.com/virtual-kubelet/virtual-kubelet: v1.25.0-vk-azure-aci-1.6.2.
        virtual: /-vk-|virtual-kubelet/.test(cell('Version')),
      };
    });
  });
}
