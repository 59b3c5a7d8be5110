/** In the order in which a request meets what they check: the exports of a module are listed by name. */
export { default as step010 } from './flag-not-in-kubeadm-config.ts';
export { default as step020 } from './flag-unknown-after-upgrade.ts';
export { default as step030 } from './manifest-would-change.ts';
