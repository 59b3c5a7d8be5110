import type { ApiService, Ask, BackendEndpoints, Discovery, Observed } from '../../model.ts';
import { user } from '../cluster/identity.ts';
import { fact, maybe } from '../engine/declare.ts';
import { userOptions } from '../shared/inputs.ts';
import { apiservice } from './apiservice.ts';
import { readSlices } from './backend-endpoints.ts';
import { discover, discovery } from './discovery.ts';
import { named } from './first-failure.ts';
import { service } from './service.ts';

/** One good answer of five is enough for Available, and any of several servers may get a request: so often one of two is hardly missed. */
const ofSeveral = 9;
/** Milliseconds of the 5 s that kube-aggregator gives its probe (pkg/controllers/status/remote/remote_available_controller.go, v0.37.2). */
export const nearLimit = 3000;
/** Where one server answers. */
const ofOne = 3;

/** What the same request got when it was asked again at once; [] when condition and request agree, and one server answers in good time. */
export const repeated = fact({
  name: 'repeated',
  of: apiservice,
  needs: { userOptions, named, discovery: maybe(discovery), user, service },
  read: async ({ userOptions, named, discovery, user, service }, ask, one) => {
    const late = discovery.ok && (discovery.value.ms ?? 0) >= nearLimit;
    const again = late || contradicts(one, discovery) || (Array.isArray(userOptions.targets) && named);
    const several = discovery.ok && service?.slices.ok && hasSeveral(readSlices(service.slices.value));
    const times = several ? ofSeveral : again ? ofOne : 0;
    return { ok: true, value: await askAgain(ask, one, user, times) };
  },
});

/** Two servers of one host have two ports. */
const hasSeveral = ({ addresses }: BackendEndpoints) =>
  new Set(addresses.flatMap(({ ready, address, ports }) => (ready ? [`${address} ${ports.map(({ port }) => port).join()}`] : []))).size > 1;

/** Asks the same so many times more, at once; none where nobody recorded it. */
async function askAgain(ask: Ask, service: ApiService, user: string | null, times: number): Promise<readonly Discovery[]> {
  const all = await Promise.all(Array.from({ length: times }, (_, index) => discover(ask, service, user, { nth: index + 1 })));
  return all.flatMap((one) => (one.ok ? [one.value] : []));
}

/** Whether the condition and a request say different things of an APIService, so that it is worth asking again. */
const contradicts = ({ available }: ApiService, discovery: Observed<Discovery>): boolean =>
  available !== null && discovery.ok && discovery.value.ok !== (available.status === 'True');
