/**
 * The lines in an extension server's log that tell why it does not accept kube-apiserver's certificate. Mirrors `Unable to authenticate the
 * request` (k8s.io/apiserver, pkg/endpoints/filters/authentication.go) and the errors of both verifiers of client certificates, the request
 * header's first (pkg/authentication/request/x509/x509.go); 1.35.4, 1.36.3 and 1.37.2 write alike.
 */
import type { RejectionKind, Signature } from '../model.ts';
import { unescaped } from './log-lines.ts';

interface Row extends Signature<RejectionKind> {
  /** The text alone proves it; else it is held against the ConfigMap. */
  readonly certain: boolean;
}

/** Matched against the first verifier's words. */
export const rejections: readonly Row[] = [
  { kind: 'no-request-header', matches: /^$/, certain: true },
  { kind: 'name-not-allowed', matches: /subject with cn=.*? is not (?:in the allowed list|allowed)/, certain: true },
  { kind: 'incompatible-usage', matches: /incompatible key usage/, certain: true },
  { kind: 'expired', matches: / is after \d{4}-/, certain: false },
  { kind: 'not-yet-valid', matches: / is before \d{4}-/, certain: false },
  { kind: 'unknown-authority', matches: /signed by unknown authority/, certain: false },
];
const unclear: Omit<Row, 'matches'> = { kind: 'unclear', certain: true };

/** The row of the first verifier's words. */
export const rejectionKind = (first: string): Omit<Row, 'matches'> => rejections.find(({ matches }) => matches.test(first)) ?? unclear;

/** Go names the reason why a CA that has the right name did not sign. */
export const isHinted = (first: string): boolean => first.includes('possibly because of');

/** What a line says in which authentication failed; null: it is none. */
export function rejectionIn(line: string) {
  const said = /Unable to authenticate the request\W+(?:due to an error\W+|err\W+)?(.*)$/s.exec(unescaped(line))?.[1];
  if (!said || !/x509: |verifying certificate/.test(said)) return null;
  const [first = ''] = said.split(/,? ?verifying certificate /);
  return {
    first,
    text: first || said.replace(/\W+$/, ''),
    decimal: /\bSN=(\d+)/.exec(said)?.[1],
    date: /is (?:after|before) (\d{4}-[\d:TZ+-]+)/.exec(first)?.[1],
    authorityKeyId: /\bAKID=([0-9A-F:]+)/.exec(said)?.[1]?.replaceAll(':', '').toLowerCase() ?? null,
    commonName: /subject with cn=(.*?) is not (?:in the allowed list|allowed)/.exec(first)?.[1] ?? null,
  };
}

/** The refusal to list or watch the ConfigMap, and `NAMESPACE/NAME` of the ServiceAccount (k8s.io/client-go, tools/cache/reflector.go, v0.37.2). */
export function refusedWatchIn(line: string) {
  const said =
    /configmaps "extension-apiserver-authentication" is forbidden: User "system:serviceaccount:([^:"]+):([^"]+)" cannot (?:list|watch) resource "configmaps"/.exec(
      unescaped(line),
    );
  return said && { text: said[0], account: `${said[1]}/${said[2]}` };
}
