import type { Observed, UserRequest } from '../../model.ts';
import { fact, maybe } from '../engine/declare.ts';
import { requestAsUser } from '../user-request.ts';
import { apiservice } from './apiservice.ts';
import { discovery } from './discovery.ts';
import { firstFailure } from './first-failure.ts';

/** null: it does not serve, or no resource of it can be got by name, or the snapshot is older than the question. */
export const userRequest = fact({
  name: 'userRequest',
  of: apiservice,
  needs: { firstFailure, discovery: maybe(discovery) },
  read: ({ firstFailure, discovery }, ask, one): Observed<UserRequest | null> | Promise<Observed<UserRequest | null>> =>
    firstFailure || !discovery.ok ? { ok: true, value: null } : requestAsUser(ask, one, discovery.value),
});
