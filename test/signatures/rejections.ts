/** What the verifier of the front proxy's certificate says first, and the row of src/signatures that it is recognised by. */

export const rejectionTexts: readonly (readonly [first: string, kind: string])[] = [
  ['', 'no-request-header'],
  ['x509: subject with cn=aggregator is not in the allowed list', 'name-not-allowed'],
  ['x509: subject with cn= is not allowed', 'name-not-allowed'],
  ['x509: certificate specifies an incompatible key usage', 'incompatible-usage'],
  ['x509: certificate has expired or is not yet valid: current time 2026-11-23T11:11:01Z is after 2026-11-20T11:10:58Z', 'expired'],
  ['x509: certificate has expired or is not yet valid: current time 2026-11-23T11:11:09Z is before 2026-11-24T11:10:58Z', 'not-yet-valid'],
  ['x509: certificate signed by unknown authority', 'unknown-authority'],
  ['x509: something new', 'unclear'],
];

/** Lines of the log, and what of them is said first; null: in them no authentication failed by a certificate. */
export const rejectionLines: readonly (readonly [line: string, text: string | null])[] = [
  ['"Unable to authenticate the request" err="[x509: something new, verifying certificate SN=1 failed: x509: y]"', 'x509: something new'],
  ['"Unable to authenticate the request" err="[verifying certificate SN=1 failed: x509: y]"', 'verifying certificate SN=1 failed: x509: y'],
  ['"Unable to authenticate the request" err="[invalid bearer token]"', null],
  ['"Starting"', null],
];

const user = (account: string, verb: string) =>
  `configmaps "extension-apiserver-authentication" is forbidden: User "system:serviceaccount:${account}" cannot ${verb} resource "configmaps" in API group ""`;
/** Lines of the log, and the ServiceAccount that may not list or watch the ConfigMap. */
export const refusedWatches: readonly (readonly [line: string, account: string | null])[] = [
  [user('wardle:apiserver', 'list'), 'wardle/apiserver'],
  [`"Failed to watch" err=${JSON.stringify(user('wardle:apiserver', 'watch'))}`, 'wardle/apiserver'],
  [user('wardle:apiserver', 'get'), null],
];
