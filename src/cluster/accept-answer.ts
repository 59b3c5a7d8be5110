/** Which answers count as failures. */
import type { Observed, Unavailable } from '../model.ts';
import type { ApiResponse } from './answer.ts';
import type { Credentials } from './credentials.ts';
import { day } from './explain-error.ts';

/** A redirect is not followed: it would carry the credentials elsewhere. A 401 for credentials that have expired says so. */
export const acceptAnswer = (answer: ApiResponse, url: URL, { expires }: Credentials): Observed<ApiResponse> => {
  const address = url.origin;
  if (answer.status >= 300 && answer.status < 400)
    return malformed(
      `\`${address}\` redirects (${answer.status}) to \`${elsewhere(answer.headers.location, url)}\`, which aggctl does not follow with credentials: use the address of the API server itself.`,
    );
  const encoding = answer.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity')
    return malformed(`\`${address}\` sent the encoding \`${encoding}\`, which aggctl did not request: check the proxies in between.`);
  if (answer.status !== 401 || !expires || expires.at.getTime() > Date.now()) return { ok: true, value: answer };
  const message = `${expires.what} expired on ${day(expires.at)}, and \`${address}\` answers 401: ${expires.renew}.`;
  return { ok: false, why: 'denied', expired: 'client', message };
};

/** Where a redirect leads, without the query, which may hold a token. */
const elsewhere = (location: string | undefined, from: URL): string => {
  try {
    const to = new URL(location ?? '', from);
    // Only some schemes have an origin.
    return `${to.protocol}//${to.host}${to.pathname}`;
  } catch {
    return 'an invalid address';
  }
};

const malformed = (message: string): Unavailable => ({ ok: false, why: 'malformed', message });
