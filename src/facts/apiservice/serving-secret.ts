/** Which Secret holds the serving certificate of a Pod. Pure. */
import { type Decoded, list, object, string } from '../../decode.ts';

/** The fields of a Pod's spec that tell it. */
export const volumes = list(object({ name: string, secret: object({ secretName: string }) }));
export const mountingContainer = {
  command: list(string),
  args: list(string),
  volumeMounts: list(object({ name: string, mountPath: string })),
};
const mounting = object({ volumes, containers: list(object(mountingContainer)) });

/** The one whose mount holds the file of `--tls-cert-file` (k8s.io/apiserver, pkg/server/options/serving.go, v1.37), else the only one. */
export function servingSecret({ volumes = [], containers = [] }: Decoded<typeof mounting>): string | null {
  const secrets = volumes.flatMap(({ name, secret }) => (name && secret?.secretName ? [{ name, secret: secret.secretName }] : []));
  const named = containers.flatMap(({ command = [], args = [], volumeMounts = [] }) => {
    const file = /--tls-cert-file[= ](\S+)/.exec([...command, ...args].join(' '))?.[1];
    return volumeMounts.flatMap(({ name, mountPath }) =>
      file && mountPath && file.startsWith(`${mountPath.replace(/\/$/, '')}/`) ? secrets.filter((one) => one.name === name) : [],
    );
  });
  return named[0]?.secret ?? (secrets.length === 1 ? (secrets[0]?.secret ?? null) : null);
}
