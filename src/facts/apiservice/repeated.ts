import type { ApiService, Ask, Discovery, Observed } from '../../model.ts';
import { user } from '../cluster/identity.ts';
import { fact, maybe } from '../engine/declare.ts';
import { userOptions } from '../shared/inputs.ts';
import { apiservice } from './apiservice.ts';
import { discover, discovery } from './discovery.ts';
import { named } from './first-failure.ts';

/** What the same request got when it was asked again at once; [] when condition and request agree. */
export const repeated = fact({
  name: 'repeated',
  of: apiservice,
  needs: { userOptions, named, discovery: maybe(discovery), user },
  read: async ({ userOptions, named, discovery, user }, ask, one) => {
    // One bad replica of several shows now and then.
    const again = contradicts(one, discovery) || (Array.isArray(userOptions.targets) && named);
    return { ok: true, value: again ? await askAgain(ask, one, user) : [] };
  },
});

/** Asks the same three times more, at once; none where nobody recorded it. */
async function askAgain(ask: Ask, service: ApiService, user: string | null): Promise<readonly Discovery[]> {
  const all = await Promise.all([1, 2, 3].map((nth) => discover(ask, service, user, { nth })));
  return all.flatMap((one) => (one.ok ? [one.value] : []));
}

/** Whether the condition and a request say different things of an APIService, so that it is worth asking again. */
const contradicts = ({ available }: ApiService, discovery: Observed<Discovery>): boolean =>
  available !== null && discovery.ok && discovery.value.ok !== (available.status === 'True');
