import type { Failure, LoggedRejection, Observed } from '../../model.ts';
import { apiservers } from '../apiserver/apiserver.ts';
import { authConfigMap } from '../cluster/auth-configmap.ts';
import { clock } from '../cluster/clock.ts';
import { fact, maybe } from '../engine/declare.ts';
import { nobodyLooked, serviceKey } from '../shared/service-key.ts';
import { apiService } from './api-service.ts';
import { apiservice } from './apiservice.ts';
import { failure } from './failure.ts';
import { firstFailure } from './first-failure.ts';
import { readServerLog } from './read-server-log.ts';

/** Looked for where kube-apiserver's own files cannot tell. */
const readLog = fact({
  name: 'readLog',
  of: apiservice,
  internal: true,
  needs: { apiService, firstFailure, all: maybe(apiservers), clock, authConfigMap: maybe(authConfigMap) },
  per: ({ apiService, firstFailure }) => `${isRejection(firstFailure)} ${serviceKey(apiService)}`,
  read: (
    { apiService, firstFailure, all, clock, authConfigMap },
    ask,
  ): Observed<LoggedRejection | null> | Promise<Observed<LoggedRejection | null>> => {
    const filesTell = all.ok && all.value.every(({ manifest }) => manifest.ok);
    if (filesTell || !isRejection(firstFailure)) return nobodyLooked;
    const configMap = authConfigMap.ok ? authConfigMap.value : null;
    return readServerLog({ slices: ask, logs: ask, containers: ask }, apiService.service, clock, configMap);
  },
});
/** What its extension server's log says of the rejection, where there is one. */
export const logOf = fact({
  name: 'logOf',
  of: apiservice,
  internal: true,
  needs: { failure, log: maybe(readLog) },
  // What one kube-apiserver of several gets is its division, and no failure.
  from: ({ failure, log }) => (isRejection(failure) ? log : nobodyLooked),
});

/** Whether the extension server's log may tell why. */
const isRejection = (failure: Failure | null): boolean =>
  failure !== null && ['rejected', 'anonymous'].includes(failure.signature) && !failure.inTransition;
