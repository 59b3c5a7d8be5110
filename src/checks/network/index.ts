import type { AnyCheck } from '../../model.ts';
import aggregatorRoutingWrong from './aggregator-routing-wrong.ts';
import extensionServerDown from './extension-server-down.ts';
import extensionServerNoAnswer from './extension-server-no-answer.ts';
import extensionServerNoRoute from './extension-server-no-route.ts';
import extensionServerRejectsConnections from './extension-server-rejects-connections.ts';
import extensionServerSlow from './extension-server-slow.ts';

/** In the order in which a request meets what they check. */
export const network: readonly AnyCheck[] = [
  aggregatorRoutingWrong,
  extensionServerNoRoute,
  extensionServerSlow,
  extensionServerNoAnswer,
  extensionServerRejectsConnections,
  extensionServerDown,
];
