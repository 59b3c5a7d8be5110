/** Requests that extension API servers reject although kube-apiserver allows them, and the user that they name. */
import type { Observed, Subject, UserRequest } from '../../model.ts';

export interface Refused {
  readonly apiService: string;
  readonly request: UserRequest;
  /** The user that the extension API server names; null: none. */
  readonly seenAs: string | null;
}

/** A 403 although kube-apiserver allows the request: it checks that before it proxies, so the 403 is from the extension API server. */
export const refused = (
  requests: readonly { readonly subject: Subject; readonly observed: Observed<UserRequest | null> }[],
): readonly Refused[] =>
  requests.flatMap(({ subject, observed }) => {
    const request = observed.ok ? observed.value : null;
    if (request?.status !== 403 || request.allowed !== true) return [];
    return [{ apiService: subject.name, request, seenAs: /User \\?"([^"\\]+)\\?"/.exec(request.text)?.[1] ?? null }];
  });
