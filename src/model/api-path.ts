/** A path of a request to kube-apiserver. */

declare const encoded: unique symbol;
/** Path and query, from `/`, with every value in it encoded. Only `apiPath` (src/api-path.ts) makes one. */
export type ApiPath = string & { readonly [encoded]: true };
