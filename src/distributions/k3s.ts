import { sh } from '../sh.ts';
import { type Distribution, onEach } from './distribution.ts';
import { rancher } from './rancher.ts';

export const configuration = '/etc/rancher/k3s/config.yaml';
export const service = '/etc/systemd/system/k3s.service';
export const dataFolder = '/var/lib/rancher/k3s';

const restart = sh`systemctl restart k3s`;
const heldIn = /\/etc\/rancher\/k3s\/|\/k3s\.service$/;

/** kube-apiserver runs within k3s itself. */
export const k3s: Distribution = {
  name: 'k3s',
  marks: { version: /\+k3s/, origin: 'k3s configuration', file: heldIn },
  look: 'k3s holds kube-apiserver within itself; on a server node: sudo aggctl doctor',
  journal: 'k3s',
  packagedCharts: /^traefik(?:-crd)?$/,
  ...rancher('k3s', 'k3s', 'k3s'),
  editFlag: (at, change) => {
    if ('object' in at) return null;
    const file = 'file' in at ? at.file : configuration;
    if (!heldIn.test(file)) return null;
    const edit = file.endsWith('.service')
      ? sh`systemctl edit --full k3s    # ${change}`
      : sh`vi ${file}    # under kube-apiserver-arg: ${change}`;
    return onEach('server node', change, [edit, restart]);
  },
};

/**
 * What k3s sets by itself, as far as it concerns the aggregation layer. k3s-io/k3s, pkg/daemons/control/server.go (apiServer), v1.22 to v1.35.
 * `egressSelectorMode`: unless it is `disabled`, kube-apiserver dials the pods (https://github.com/k3s-io/k3s/pull/7972; since v1.27.5, v1.26.8,
 * v1.25.13 and v1.24.17; before that, since v1.22.10, it always does).
 */
export function defaultFlags(folder: string, egressSelectorMode: string): ReadonlyMap<string, string> {
  const tls = `${folder}/server/tls`;
  return new Map([
    ...(egressSelectorMode === 'disabled' ? [] : [['enable-aggregator-routing', 'true'] as const]),
    ['authorization-mode', 'Node,RBAC'],
    ['client-ca-file', `${tls}/client-ca.crt`],
    ['proxy-client-cert-file', `${tls}/client-auth-proxy.crt`],
    ['proxy-client-key-file', `${tls}/client-auth-proxy.key`],
    ['requestheader-allowed-names', 'system:auth-proxy'],
    ['requestheader-client-ca-file', `${tls}/request-header-ca.crt`],
    ['requestheader-extra-headers-prefix', 'X-Remote-Extra-'],
    ['requestheader-group-headers', 'X-Remote-Group'],
    ['requestheader-username-headers', 'X-Remote-User'],
    ['tls-cert-file', `${tls}/serving-kube-apiserver.crt`],
    ['tls-private-key-file', `${tls}/serving-kube-apiserver.key`],
  ]);
}
