import { sh } from '../sh.ts';
import type { Distribution } from './distribution.ts';

const shoot = 'In the garden cluster, with the project and the name of this cluster for PROJECT and SHOOT';
const annotate = (operation: string) => sh`kubectl -n garden-PROJECT annotate shoot SHOOT ${`gardener.cloud/operation=${operation}`}`;

/** The control plane runs in another cluster, and the user may start some operations. https://gardener.cloud/docs/gardener/shoot/shoot_operations/ */
export const gardener: Distribution = {
  name: 'Gardener',
  marks: { label: /^(?:worker|node|networking)\.gardener\.cloud\// },
  managed: true,
  renewFrontProxy: {
    text: `${shoot}, let Gardener reconcile the cluster, which renews certificates near their end. If that does not help, ask its operators:`,
    commands: [annotate('reconcile')],
  },
  // https://gardener.cloud/docs/gardener/shoot-operations/shoot_credentials_rotation/#certificate-authorities: in two phases.
  renewCa: {
    text: `${shoot}, start the rotation of all CAs. Get a new kubeconfig, and complete the rotation once every client has it:`,
    commands: [annotate('rotate-ca-start'), annotate('rotate-ca-complete')],
  },
  // https://gardener.cloud/docs/gardener/reversed-vpn-tunnel/: it dials through vpn-shoot, in the cluster.
  openPath: (port) => ({
    text: `Check that the pods of vpn-shoot, through which the control plane dials, run and reach port ${port} of the pods of the extension API server (NetworkPolicies):`,
    commands: [sh`kubectl -n kube-system get pods -l app=vpn-shoot -o wide`],
  }),
};
