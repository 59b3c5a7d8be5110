import type { LoggedRejection } from '../../src/model.ts';
import { answers, days, failing, healthy, unavailable } from '../support/facts.ts';

export const { apiService } = healthy;
export const url = 'https://10.96.100.10:443/apis/wardle.example.com/v1alpha1';
export const response = `failing or missing response from ${url}: `;
export const rejects = `${response}bad status from ${url}: 401`;
export const anonymous = `${response}bad status from ${url}: 403`;
export const refused = `${response}Get "${url}": dial tcp 10.96.100.10:443: connect: connection refused`;
export const discovery = (message: string, service = {}) => unavailable('FailedDiscoveryCheck', message, service);
export const condition = { object: `APIService ${apiService.name}`, field: 'status.conditions[Available]' };
export const probe = { probe: 'GET /apis/wardle.example.com/v1alpha1' };
/** Available says True, and a request gets this. */
export const request = (text: string, minor?: number) => failing(apiService, answers(503, text), minor);
/** Available says True for long, and each of several requests gets this. */
export const steadily = (text: string, reached: 'all' | 'none' | null = null) => {
  const answer = answers(503, text);
  const soundForLong = { ...apiService, available: { status: 'True', reason: 'Passed', message: '', since: days(-1) } };
  return failing(soundForLong, answer, undefined, [answer, answer, answer], reached);
};
/** Available says False with this text since five minutes, and aggctl dialed the addresses behind the Service. */
export const dialedAfter = (
  message: string,
  reached: 'all' | 'none' | null,
  service: Partial<typeof apiService> = {},
  reason = 'FailedDiscoveryCheck',
) => {
  const { apiService: one } = unavailable(reason, message, service);
  return failing(one as typeof apiService, answers(503, 'service unavailable'), undefined, [], reached);
};
/** Available says False still, since so many seconds, and a request succeeds. */
export const recovering = (seconds: number, repeated: Parameters<typeof failing>[3] = []) => {
  const { apiService: service } = unavailable('FailedDiscoveryCheck', refused, {}, seconds);
  return failing(service as typeof apiService, answers(200), undefined, repeated);
};
/** What its log says of kube-apiserver's certificate. */
export const line = (kind: LoggedRejection['kind']): LoggedRejection => ({
  kind,
  says: kind,
  text: 'x509: …',
  pod: 'wardle/api-0',
  time: healthy.now,
  serial: { decimal: '7982', hex: '1F2E' },
  authorityKeyId: null,
  date: null,
  commonName: null,
  account: null,
});
