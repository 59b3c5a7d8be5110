/** The path of a request. */

/** The steps of a request through an APIService, in their order. */
export const hops = [
  'registration',
  'Service',
  'endpoints',
  'network',
  'TLS',
  'front proxy',
  'delegation',
  'discovery',
  'request',
  'effects',
] as const;
export type Hop = (typeof hops)[number];
