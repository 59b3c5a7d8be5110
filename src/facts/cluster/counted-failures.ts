import { fact, maybe } from '../engine/declare.ts';
import { readCounters } from '../history.ts';
import { nobodyLooked } from '../shared/service-key.ts';
import { endpoints } from './endpoints.ts';
import { pastWanted } from './past.ts';

/** Of all APIServices; null, as of what follows: nobody asked for the past. */
export const countedFailures = fact({
  name: 'countedFailures',
  needs: { pastWanted, endpoints: maybe(endpoints) },
  read: ({ pastWanted, endpoints }, ask) => {
    const each = endpoints.ok ? endpoints.value : [];
    return pastWanted
      ? readCounters(
          ask,
          each.flatMap(({ address, version }) => (version.ok ? [address] : [])),
        )
      : nobodyLooked;
  },
});
