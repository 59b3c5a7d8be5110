import type { Observed, OpenAPIDocument } from '../../model.ts';
import { openAPIList } from '../cluster/open-api-list.ts';
import { fact, maybe } from '../engine/declare.ts';
import { readOpenAPIDocument } from '../open-api.ts';
import { apiservice } from './apiservice.ts';
import { discovery } from './discovery.ts';
import { firstFailure, named } from './first-failure.ts';

/** null: nobody asked for it by name, it does not serve, or nothing is known of the list. */
export const openAPIDocument = fact({
  name: 'openAPIDocument',
  of: apiservice,
  needs: { named, firstFailure, discovery: maybe(discovery), openAPIList: maybe(openAPIList) },
  read: (
    { named, firstFailure, discovery, openAPIList },
    ask,
    one,
  ): Observed<OpenAPIDocument | null> | Promise<Observed<OpenAPIDocument | null>> =>
    named && firstFailure === null && discovery.ok ? readOpenAPIDocument(ask, one, openAPIList) : { ok: true, value: null },
});
