/** The audit log of the sample, one JSON event a line among other lines. Pure. */

export interface AuditedUser {
  readonly username: string;
  readonly groups: readonly string[];
}

/** The user that the server saw in the request for this path (k8s.io/apiserver v0.37.2, pkg/apis/audit/v1, Event); null: it is not in the log. */
export function auditedUser(log: string, path: string): AuditedUser | null {
  for (const line of log.split('\n')) {
    if (!line.includes(path)) continue;
    try {
      const { kind, requestURI, user } = JSON.parse(line) as { kind?: string; requestURI?: string; user?: Partial<AuditedUser> };
      if (kind === 'Event' && requestURI === path) return { username: user?.username ?? '', groups: user?.groups ?? [] };
    } catch {
      // A line of another kind that happens to name the path.
    }
  }
  return null;
}

export const sameUser = (one: AuditedUser, other: AuditedUser): boolean =>
  one.username === other.username && [...one.groups].sort().join() === [...other.groups].sort().join();
