/** What users are answered, and what that tells of the probe behind the condition Available. */

/** The text, the minor version of kube-apiserver, and whether the probe misses it. */
export const unseen: readonly (readonly [text: string, minor: number | null, isUnseen: boolean])[] = [
  ['500 unable to load root certificates: unable to parse bytes as PEM block', 37, true],
  ['500 subjectaccessreviews.authorization.k8s.io is forbidden: User "system:serviceaccount:wardle:apiserver" cannot create', 37, true],
  ['500 the server could not find the requested resource (post subjectaccessreviews.authorization.k8s.io)', 37, true],
  ['x509: certificate signed by unknown authority', 35, true],
  ['x509: certificate signed by unknown authority', 36, false],
  ['x509: certificate signed by unknown authority', null, false],
  ['404 page not found', 35, false],
  // The extension server's own words of another connection.
  ['500 x509: certificate signed by unknown authority', 35, false],
  ['403 subjectaccessreviews.authorization.k8s.io is forbidden: User "', 37, false],
];

export const timeouts: readonly (readonly [text: string, isTimeout: boolean])[] = [
  ['context deadline exceeded', true],
  ['net/http: request canceled while waiting for connection', true],
  ['context canceled (Client.Timeout exceeded while awaiting headers)', true],
  ['net/http: TLS handshake timeout', false],
  ['500 context deadline exceeded', false],
  ['500 context canceled (Client.Timeout exceeded while awaiting headers)', false],
];

/** The status and text of an answer, and whether it is the extension server's own. */
export const ownAnswers: readonly (readonly [status: number, text: string, isOwn: boolean])[] = [
  [500, 'missing user', true],
  [401, 'Unauthorized', true],
  [403, 'flunders.wardle.example.com is forbidden: User "system:anonymous" cannot list resource "flunders"', false],
  [503, 'error trying to reach service: EOF', false],
  [503, 'service unavailable', false],
];
