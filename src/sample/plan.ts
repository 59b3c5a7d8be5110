/** What is to be deployed: names, images and options, from what the user chose and the cluster's version. Pure. */

import { apiPath } from '../api-path.ts';
import type { ApiPath } from '../model.ts';

/** What the user chose. */
export interface SampleChoices {
  readonly namespace: string;
  /** Put before the names of the objects outside the namespace. */
  readonly namePrefix: string;
  readonly image: string;
  readonly etcdImage: string;
  /** A Secret `NAMESPACE/NAME` that is copied for kubelet to pull the images with. */
  readonly imagePullSecret?: string;
  /** Runs as the PodSecurity level `restricted` requires: no root, port 8443. */
  readonly restricted: boolean;
  /** Sets insecureSkipTLSVerify: kube-apiserver does not verify the sample's serving certificate. */
  readonly insecure: boolean;
}

export const group = 'wardle.example.com';
export const version = 'v1alpha1';
/** The APIService; Kubernetes dictates its name. */
export const apiServiceName = `${version}.${group}`;
export const groupVersionPath = apiPath`/apis/${group}/${version}`;

/** The newest image that is published; it needs no option of its own (seen on 1.35.4, 1.36.3 and 1.37.2). */
export const publishedImage = 'registry.k8s.io/e2e-test-images/sample-apiserver:1.29.2';
/** The image that kubeadm 1.37 runs. */
export const publishedEtcd = 'registry.k8s.io/etcd:3.7.0-0';

/** How aggctl recognizes the sample's objects. */
export const owner = { manager: 'aggctl', label: 'app.kubernetes.io/managed-by', value: 'aggctl-deploy-sample' } as const;
export const ownLabels = { [owner.label]: owner.value } as const;
/** Of a collection, those objects. */
export const ownPath = (collection: ApiPath): ApiPath => apiPath`${{ path: collection }}?labelSelector=${`${owner.label}=${owner.value}`}`;

export interface Plan extends SampleChoices {
  /** Where the sample server listens in its pod. */
  readonly port: number;
  /** Further arguments that server and cluster need to fit. */
  readonly serverArguments: readonly string[];
  /** The Service's name, by which kube-apiserver verifies the certificate. */
  readonly serverName: string;
}

export const podLabels = { apiserver: 'true' } as const;
export const serviceName = 'api';

/** `minor`: the cluster's version of Kubernetes 1; null: not known. */
export function planOf(choices: SampleChoices, minor: number | null): Plan {
  return {
    ...choices,
    port: choices.restricted ? 8443 : 443,
    serverName: `${serviceName}.${choices.namespace}.svc`,
    serverArguments: lacksMutatingPolicies(choices.image, minor) ? ['--disable-admission-plugins=MutatingAdmissionPolicy'] : [],
  };
}

/**
 * From 1.36 on the server waits for MutatingAdmissionPolicies before it lets anything be written, and a cluster before 1.36 does not serve
 * them (k8s.io/apiserver v0.36.3, pkg/features/kube_features.go). Servers before 1.32, so also the published image, exit when they get the name of an unknown plugin.
 */
function lacksMutatingPolicies(image: string, minor: number | null): boolean {
  const server = /:v?[01]\.(\d+)/.exec(image)?.[1];
  return server !== undefined && minor !== null && Number(server) >= 36 && minor < 36;
}
