/** Of the requests that extension servers refused to a user whom kube-apiserver lets: whom they took the user for. */
import type { Observed, Subject, UserRequest } from '../../model.ts';

export interface Refused {
  readonly apiService: string;
  readonly request: UserRequest;
  /** Whom the extension server names; null: nobody. */
  readonly seenAs: string | null;
}

/** A 403 although kube-apiserver says that the user may: kube-apiserver checks that before it proxies, so the extension server spoke. */
export const refused = (
  requests: readonly { readonly subject: Subject; readonly observed: Observed<UserRequest | null> }[],
): readonly Refused[] =>
  requests.flatMap(({ subject, observed }) => {
    const request = observed.ok ? observed.value : null;
    if (request?.status !== 403 || request.allowed !== true) return [];
    return [{ apiService: subject.name, request, seenAs: /User \\?"([^"\\]+)\\?"/.exec(request.text)?.[1] ?? null }];
  });
