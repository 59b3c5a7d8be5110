/** The distributions that aggctl knows, in the order in which their marks are compared. */
import { ack } from './ack.ts';
import { aks } from './aks.ts';
import { bottlerocket } from './bottlerocket.ts';
import { cce } from './cce.ts';
import { clusterApi } from './cluster-api.ts';
import type { Distribution } from './distribution.ts';
import { doks } from './doks.ts';
import { eks } from './eks.ts';
import { gardener } from './gardener.ts';
import { gke } from './gke.ts';
import { iks } from './iks.ts';
import { k0s } from './k0s.ts';
import { k3s } from './k3s.ts';
import { kind } from './kind.ts';
import { kops } from './kops.ts';
import { kubeadm } from './kubeadm.ts';
import { kubespray } from './kubespray.ts';
import { lke } from './lke.ts';
import { microk8s } from './microk8s.ts';
import { microshift } from './microshift.ts';
import { minikube } from './minikube.ts';
import { oke } from './oke.ts';
import { openshift } from './openshift.ts';
import { rke1 } from './rke1.ts';
import { rke2 } from './rke2.ts';
import { talos } from './talos.ts';
import { tke } from './tke.ts';
import { typhoon } from './typhoon.ts';

export const distributions: readonly Distribution[] = [
  kubeadm,
  bottlerocket,
  minikube,
  kind,
  kubespray,
  clusterApi,
  tke,
  ack,
  eks,
  gke,
  aks,
  oke,
  cce,
  doks,
  lke,
  iks,
  gardener,
  k3s,
  rke2,
  k0s,
  microk8s,
  microshift,
  talos,
  openshift,
  kops,
  typhoon,
  rke1,
];
