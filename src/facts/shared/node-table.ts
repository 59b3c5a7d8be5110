/** The nodes of a cluster by the columns that kubectl shows. */
import { apiPath } from '../../api-path.ts';
import type { Ask, Observed } from '../../model.ts';
import { get } from './kubernetes.ts';
import { map } from './observed.ts';
import { asTable, rowsOf, tableOf } from './server-table.ts';

export interface ListedNode {
  readonly name: string;
  readonly ready: boolean;
  /** It joined less than three minutes ago: metrics need two scrapes. */
  readonly young: boolean;
  /** A provider of virtual nodes answers for it, and not a kubelet. */
  readonly virtual: boolean;
}

/** A node's addresses and its system stand in further columns, which nobody reads. */
export const nodeTable = tableOf(['Name', 'Status', 'Age', 'Version']);

/** null: there is no such list. */
export async function readNodes(ask: Ask): Promise<Observed<readonly ListedNode[] | null>> {
  const found = await get(ask, apiPath`/api/v1/nodes?includeObject=None`, nodeTable, { accept: asTable });
  return map(
    found,
    (nodes) =>
      nodes &&
      rowsOf(nodes).map((cell) => ({
        name: cell('Name'),
        // kubernetes/kubernetes, pkg/printers/internalversion/printers.go (printNode), v1.37.2.
        ready: cell('Status').split(',').includes('Ready'),
        young: /^(?:\d+s|2m(?:\d+s)?)$/.test(cell('Age')),
        // https://github.com/virtual-kubelet/virtual-kubelet: v1.25.0-vk-azure-aci-1.6.2.
        virtual: /-vk-|virtual-kubelet/.test(cell('Version')),
      })),
  );
}
