import { runningFlags as readRunningFlags } from '../apiservers.ts';
import { server } from '../cluster/connection.ts';
import { announced } from '../cluster/kube-apiserver-addresses.ts';
import { fact } from '../engine/declare.ts';
import { apiserver } from './apiserver.ts';

/** What the process runs with, where something shows it apart from its manifest: the mirror pod or `/flagz`. */
export const runningFlags = fact({
  name: 'runningFlags',
  of: apiserver,
  needs: { server, announced },
  read: ({ server, announced }, ask, one) => readRunningFlags(ask, server, one, announced),
});
