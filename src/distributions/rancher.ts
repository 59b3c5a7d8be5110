/** What k3s and RKE2, of one maker, have in common. */

import { sh } from '../sh.ts';
import type { Distribution } from './distribution.ts';

export const rancher = (name: string, program: string, unit: string) =>
  ({
    frontProxy: {
      ca: `/var/lib/rancher/${program}/server/tls/request-header-ca.crt`,
      cert: `/var/lib/rancher/${program}/server/tls/client-auth-proxy.crt`,
      key: `/var/lib/rancher/${program}/server/tls/client-auth-proxy.key`,
    },
    kubeconfig: `/etc/rancher/${program}/${program}.yaml`,
    programs: [program],
    // What is near its end is renewed by any start.
    renewFrontProxy: {
      text: `On each server node, one after the other; ${name} renews at its start what has expired or will within 90 days:`,
      commands: [sh`systemctl restart ${unit}`],
    },
    rotateFrontProxy: {
      text: 'On each server node, one after the other:',
      commands: [sh`systemctl stop ${unit} && ${program} certificate rotate --service auth-proxy; systemctl start ${unit}`],
    },
    showLog: sh`journalctl -u k3s -u rke2-server --since -15min`,
  }) satisfies Partial<Distribution>;
