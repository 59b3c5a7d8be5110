import { healthy, unavailable } from '../support/facts.ts';

export const { apiService, now } = healthy;
export const dead = unavailable('MissingEndpoints', 'endpointslices for service/api in "wardle" have no addresses with port name ""');
