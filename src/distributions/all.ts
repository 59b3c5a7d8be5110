/** The distributions that aggctl knows, in the order in which their marks are compared. */
import { ack } from './ack.ts';
import { aks } from './aks.ts';
import type { Distribution } from './distribution.ts';
import { doks } from './doks.ts';
import { eks } from './eks.ts';
import { gke } from './gke.ts';
import { iks } from './iks.ts';
import { k0s } from './k0s.ts';
import { k3s } from './k3s.ts';
import { kops } from './kops.ts';
import { kubeadm } from './kubeadm.ts';
import { lke } from './lke.ts';
import { microk8s } from './microk8s.ts';
import { openshift } from './openshift.ts';
import { rke2 } from './rke2.ts';
import { talos } from './talos.ts';
import { tke } from './tke.ts';

export const distributions: readonly Distribution[] = [
  kubeadm,
  tke,
  ack,
  eks,
  gke,
  aks,
  doks,
  lke,
  iks,
  k3s,
  rke2,
  k0s,
  microk8s,
  talos,
  openshift,
  kops,
];
