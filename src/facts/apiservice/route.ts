import { flags } from '../apiserver/flags.ts';
import { each, fact, maybe } from '../engine/declare.ts';
import { routeOf } from '../route.ts';
import { apiservice } from './apiservice.ts';
import { backend } from './backend.ts';
import { backendEndpoints } from './backend-endpoints.ts';

/** null: nothing tells. */
export const route = fact({
  name: 'route',
  of: apiservice,
  needs: { backend: maybe(backend), backendEndpoints: maybe(backendEndpoints), flags: maybe(each(flags)) },
  read: ({ flags, ...behind }, _, one) => routeOf(one, behind, flags.ok ? flags.value.map(({ observed }) => observed) : []),
});
