import type { ApiService, Discovery, ListedApiService, PublishedVersion, UserRequest } from '../../src/model.ts';
import { answers, days, healthy, unavailable } from '../support/facts.ts';

export const { apiService } = healthy;
export const { group, version, name } = apiService;
export const url = `https://10.96.100.10:443/apis/${group}/${version}`;
export const response = `failing or missing response from ${url}: `;
export const failed = (text: string, service: Partial<ApiService> = {}) =>
  unavailable('FailedDiscoveryCheck', `${response}Get "${url}": ${text}`, service);
export const untrusted = 'tls: failed to verify certificate: x509: certificate signed by unknown authority';
export const object = `APIService ${name}`;
export const bundle = { object, field: 'spec.caBundle' };
export const injected = { 'cert-manager.io/inject-ca-from': 'wardle/api-serving' };
export const settledAt = { createdAt: days(-1), available: { status: 'True', reason: 'Passed', message: '', since: days(-1) } };
export const gone = unavailable('ServiceNotFound', 'service/api in "wardle" is not present');
export const backend = (namespace: 'absent' | 'active') => ({ backend: { namespace, service: null, others: null } });
export const listed = (change: Partial<ListedApiService>): ListedApiService => ({
  name: 'v1.other.example.com',
  group: 'other.example.com',
  version: 'v1',
  service: null,
  automanaged: null,
  groupPriorityMinimum: 100,
  served: null,
  ...change,
});
export const core = listed({ name: 'v1.', group: '', automanaged: 'onstart', groupPriorityMinimum: 18000 });
export const own = (groupPriorityMinimum: number) => listed({ name, group, version, service: 'wardle/api', groupPriorityMinimum });
export const serving = (...names: string[]): Discovery => ({
  ...answers(200),
  document: { resources: names.map((one) => ({ name: one, namespaced: true, verbs: ['get', 'list'] })) },
});
export const published = (change: Partial<PublishedVersion>): { publishedVersions: readonly PublishedVersion[] } => ({
  publishedVersions: [{ group, version, stale: false, resources: ['flunders'], ...change }],
});
export const request = (change: Partial<UserRequest>): { userRequest: UserRequest } => ({
  userRequest: {
    path: `/apis/${group}/${version}/flunders/aggctl-probe`,
    resource: 'flunders',
    status: 404,
    text: '',
    fails: change.status === null || (change.status ?? 404) >= 500,
    allowed: null,
    ...change,
  },
});
export const refused = (user: string) =>
  request({
    status: 403,
    allowed: true,
    text: `flunders.${group} "aggctl-probe" is forbidden: User "${user}" cannot get resource "flunders"`,
  });
export const me = healthy.identity.user;
