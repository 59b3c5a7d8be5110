/** What k3s and RKE2, of one maker, have in common. */

import { sh } from '../sh.ts';
import type { Distribution } from './distribution.ts';

export function rancher(name: string, program: string, unit: string) {
  const data = `/var/lib/rancher/${program}`;
  const kubeconfig = `/etc/rancher/${program}/${program}.yaml`;
  // What is near its end is renewed by any start.
  const renewAtStart = {
    text: `On each server node, one after the other; ${name} renews at its start what has expired or will within 90 days:`,
    commands: [sh`systemctl restart ${unit}`],
  };
  return {
    frontProxy: {
      ca: `${data}/server/tls/request-header-ca.crt`,
      cert: `${data}/server/tls/client-auth-proxy.crt`,
      key: `${data}/server/tls/client-auth-proxy.key`,
    },
    kubeconfig,
    programs: [program],
    renewFrontProxy: renewAtStart,
    rotateFrontProxy: {
      text: 'On each server node, one after the other:',
      commands: [sh`systemctl stop ${unit} && ${program} certificate rotate --service auth-proxy; systemctl start ${unit}`],
    },
    // https://docs.k3s.io/cli/certificate#using-custom-ca-certificates; RKE2 has the same command.
    renewCa: {
      text: `On one server node, put a new request-header-ca.crt and its key into DIRECTORY, beside copies of the other CAs, keys and service.key in ${data}/server/tls, and load them. Then restart each server node, one after the other:`,
      commands: [sh`${program} certificate rotate-ca --path DIRECTORY`, sh`systemctl restart ${unit}`],
    },
    renewServerCertificate: renewAtStart,
    renewAdminCredentials: {
      text: `Restart ${name} on a server node, and use the kubeconfig that it writes:`,
      commands: [sh`systemctl restart ${unit} && cat ${kubeconfig}`],
    },
    showLog: sh`journalctl -u k3s -u rke2-server --since -15min`,
  } satisfies Partial<Distribution>;
}
