/** The audit log of the sample, one JSON event a line among other lines. Pure. */

import { list, object, parseJson, string } from '../decode.ts';

export interface AuditedUser {
  readonly username: string;
  readonly groups: readonly string[];
}

const auditEvent = object({ kind: string, requestURI: string, user: object({ username: string, groups: list(string) }) });

/** The user that the server saw in the request for this path (k8s.io/apiserver v0.37.2, pkg/apis/audit/v1, Event); null: it is not in the log. */
export function auditedUser(log: string, path: string): AuditedUser | null {
  for (const line of log.split('\n')) {
    if (!line.includes(path)) continue;
    const { kind, requestURI, user } = auditEvent(parseJson(line)) ?? {};
    if (kind === 'Event' && requestURI === path) return { username: user?.username ?? '', groups: user?.groups ?? [] };
  }
  return null;
}

export const sameUser = (one: AuditedUser, other: AuditedUser): boolean =>
  one.username === other.username && [...one.groups].sort().join() === [...other.groups].sort().join();
