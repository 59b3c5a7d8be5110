/**
 * Bindings as the table that kube-apiserver makes of them for kubectl. kubernetes/kubernetes, pkg/printers/internalversion/printers.go
 * (printRoleBinding, printClusterRoleBinding), v1.37.2.
 */
import { list, object, string } from '../../decode.ts';

const binding = object({
  metadata: object({ name: string }),
  roleRef: object({ kind: string, name: string }),
  subjects: list(object({ kind: string, name: string, namespace: string })),
});
const columns = ['Name', 'Role', 'Age', 'Users', 'Groups', 'ServiceAccounts'];

export const isBindings = (resource: string): boolean => /\/(?:cluster)?rolebindings$/.test(resource);

/** The body of the answer. The age is not known. */
export const bindingTable = (values: readonly object[]): object => ({
  kind: 'Table',
  apiVersion: 'meta.k8s.io/v1',
  columnDefinitions: columns.map((name) => ({ name })),
  rows: values.map((value) => ({ cells: cellsOf(value) })),
});

function cellsOf(value: object): readonly string[] {
  const { metadata, roleRef, subjects = [] } = binding(value) ?? {};
  const names = (kind: string) => subjects.filter((one) => one.kind === kind).map(({ name }) => name);
  const accounts = subjects.filter(({ kind }) => kind === 'ServiceAccount').map(({ namespace, name }) => `${namespace}/${name}`);
  return [
    metadata?.name ?? '',
    `${roleRef?.kind}/${roleRef?.name}`,
    '',
    names('User').join(', '),
    names('Group').join(', '),
    accounts.join(', '),
  ];
}
