/** `$(NAME)` in a container's command and args, as kubelet expands it: kubernetes/kubernetes, third_party/forked/golang/expansion/expand.go, v1.37.2. */

/** Variables of a container: their values; null: it is set, and its value is not visible here. */
export type Variables = ReadonlyMap<string, string | null>;

/** The text, and the variable whose value it lacks. `$$` is a dollar sign; a name that no variable has stays as it is written. */
export function expandVariables(text: string, variables: Variables): { readonly text: string; readonly unseen?: string } {
  let unseen: string | undefined;
  const expanded = text.replace(/\$(?:\$|\(([^)]*)\))/g, (written, name?: string) => {
    if (name === undefined) return '$';
    const value = variables.get(name);
    if (value === null) unseen ??= name;
    return value ?? written;
  });
  return { text: expanded, ...(unseen !== undefined && { unseen }) };
}
