export const object = 'ConfigMap kube-system/extension-apiserver-authentication';
