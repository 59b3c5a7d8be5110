import { expect, test } from 'vitest';
import { minorOfImage } from '../../../src/facts/apiserver/minor-version.ts';

const digest = `sha256:${'a'.repeat(64)}`;
test.each([
  ['registry.k8s.io/kube-apiserver:v1.34.2', 34],
  [`registry.k8s.io/kube-apiserver:v1.34.2@${digest}`, 34],
  ['localhost:5000/kube-apiserver:v1.33.0', 33],
  ['602401143452.dkr.ecr.us-east-1.amazonaws.com/eks/kube-apiserver:v1.34.2-eks-1-34-7', 34],
  ['projects.registry.vmware.com/tkg/kube-apiserver:v1.31.4_vmware.1', 31],
  ['index.docker.io/rancher/hardened-kubernetes:v1.30.2-rke2r1-build20240613', 30],
  ['rancher/hyperkube:v1.18.20-rancher1', 18],
  ['k8s.gcr.io/kube-apiserver-amd64:v1.9.11', 9],
  ['kube-apiserver:1.29.3', 29],
  [`registry.k8s.io/kube-apiserver@${digest}`, null],
  ['localhost:5000/kube-apiserver', null],
  ['kube-apiserver:latest', null],
  ['example.com/control-plane:1.5.2', null],
  ['', null],
])('the minor version of image %s is %s', (image, minor) => {
  expect(minorOfImage(image)).toBe(minor);
});
