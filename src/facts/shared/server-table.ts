/** Lists as the columns that kubectl shows: kube-apiserver makes them, a small part of the objects' size and without their annotations. */
import { anything, type Decoded, list, object, string } from '../../decode.ts';

/** For the header Accept. */
export const asTable = 'application/json;as=Table;v=v1;g=meta.k8s.io';

/** k8s.io/apimachinery, pkg/apis/meta/v1/types.go (Table), v0.37.2. */
export const serverTable = object({
  columnDefinitions: list(object({ name: string })),
  rows: list(object({ cells: list(anything) })),
});
export type ServerTable = Decoded<typeof serverTable>;

/** With these columns alone; undefined: it has none of them. */
export const tableOf =
  (names: readonly string[]) =>
  (value: unknown): ServerTable | undefined => {
    const { columnDefinitions = [], rows = [] } = serverTable(value) ?? {};
    const kept = columnDefinitions.flatMap(({ name = '' }, index) => (names.includes(name) ? [{ name, index }] : []));
    if (kept.length === 0) return undefined;
    return {
      columnDefinitions: kept.map(({ name }) => ({ name })),
      rows: rows.map(({ cells = [] }) => ({ cells: kept.map(({ index }) => cells[index]) })),
    };
  };

/** Of each row what stands in the column of a name; '' where there is none. */
export const rowsOf = ({ columnDefinitions = [], rows = [] }: ServerTable): readonly ((name: string) => string)[] =>
  rows.map(
    ({ cells = [] }) =>
      (name) =>
        String(cells[columnDefinitions.findIndex((column) => column.name === name)] ?? ''),
  );
