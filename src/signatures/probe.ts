/**
 * What a user's answer, as `answerText` leaves it, tells of the probe behind the condition Available, which asks as system:kube-aggregator in system:masters
 * (k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37).
 */

/**
 * A caBundle that does not parse freezes the condition; delegated authorization lets members of system:masters pass without a question;
 * and up to 1.35 the probe does not verify the serving certificate.
 */
export const isUnseenByProbe = (text: string, minor: number | null): boolean =>
  /^500 (?:unable to load root certificates: |.*(?:subjectaccessreviews\.authorization\.k8s\.io is forbidden: User "|\(post subjectaccessreviews\.))/s.test(
    text,
  ) ||
  (minor !== null && minor < 36 && /^x509: /.test(text));

/** No answer in time. */
export const isTimeout = (text: string): boolean =>
  /^(?:context deadline exceeded|net\/http: request canceled|[a-z][^"]{0,500} \(Client\.Timeout )/.test(text);

/**
 * An answer of the extension server itself, which it may give to users and not to the probe: 401 also to a user without a name. What
 * kube-apiserver says in its place, the probe meets as well.
 */
export const isOwnAnswer = ({ text }: { readonly text: string }): boolean =>
  !/system:anonymous|^error trying to reach service|^service unavailable/.test(text);
