import type { ApiService } from '../../model.ts';

/** `NAMESPACE/NAME` of the Service: what lies behind it is asked for once, however many APIServices it serves. */
export const serviceKey = ({ service: { namespace, name } }: ApiService) => `${namespace}/${name}`;
export const nobodyLooked = { ok: true, value: null } as const;
