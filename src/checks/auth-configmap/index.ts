/** In the order in which a request meets what they check: the exports of a module are listed by name. */
export { default as step010 } from './configmap-missing.ts';
export { default as step020 } from './configmap-value-unusable.ts';
export { default as step030 } from './configmap-requestheader-missing.ts';
export { default as step040 } from './configmap-ca-not-signer.ts';
export { default as step050 } from './configmap-names-exclude-cn.ts';
export { default as step055 } from './configmap-headers-wrong.ts';
export { default as step060 } from './configmap-entries-not-from-kube-apiserver.ts';
export { default as step070 } from './configmap-entries-stale.ts';
export { default as step080 } from './rights-granted-to-front-proxy.ts';
export { default as step090 } from './extension-servers-see-anonymous.ts';
export { default as step100 } from './extension-servers-reject-front-proxy.ts';
