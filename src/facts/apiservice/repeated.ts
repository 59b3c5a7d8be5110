import { askAgain } from '../api-services.ts';
import { user } from '../cluster/identity.ts';
import { fact, maybe } from '../engine/declare.ts';
import { contradicts } from '../failure.ts';
import { userOptions } from '../shared/inputs.ts';
import { apiservice } from './apiservice.ts';
import { discovery } from './discovery.ts';
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
