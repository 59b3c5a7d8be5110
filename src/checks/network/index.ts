/** In the order in which a request meets what they check: the exports of a module are listed by name. */
export { default as step010 } from './aggregator-routing-wrong.ts';
export { default as step020 } from './extension-server-no-route.ts';
export { default as step030 } from './extension-server-slow.ts';
export { default as step040 } from './extension-server-no-answer.ts';
export { default as step050 } from './extension-server-rejects-connections.ts';
export { default as step055 } from './tunnel-agents-not-ready.ts';
export { default as step060 } from './extension-server-down.ts';
