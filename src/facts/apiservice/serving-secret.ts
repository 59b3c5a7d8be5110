/** Which Secret holds the serving certificate of a Pod. Pure. */

/** The fields of a Pod's spec that tell it. */
export interface Mounting {
  readonly volumes?: readonly { readonly name?: string; readonly secret?: { readonly secretName?: string } | null }[];
  readonly containers?: readonly {
    readonly command?: readonly string[];
    readonly args?: readonly string[];
    readonly volumeMounts?: readonly { readonly name?: string; readonly mountPath?: string }[];
  }[];
}

/** The one whose mount holds the file of `--tls-cert-file` (k8s.io/apiserver, pkg/server/options/serving.go, v1.37), else the only one. */
export function servingSecret({ volumes = [], containers = [] }: Mounting): string | null {
  const secrets = volumes.flatMap(({ name, secret }) => (name && secret?.secretName ? [{ name, secret: secret.secretName }] : []));
  const named = containers.flatMap(({ command = [], args = [], volumeMounts = [] }) => {
    const file = /--tls-cert-file[= ](\S+)/.exec([...command, ...args].join(' '))?.[1];
    return volumeMounts.flatMap(({ name, mountPath }) =>
      file && mountPath && file.startsWith(`${mountPath.replace(/\/$/, '')}/`) ? secrets.filter((one) => one.name === name) : [],
    );
  });
  return named[0]?.secret ?? (secrets.length === 1 ? (secrets[0]?.secret ?? null) : null);
}
