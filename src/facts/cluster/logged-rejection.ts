import { proxyClientCert } from '../apiserver/proxy-client-cert.ts';
import { apiService } from '../apiservice/api-service.ts';
import { failure } from '../apiservice/failure.ts';
import { logOf } from '../apiservice/log-of.ts';
import { each, fact, maybe } from '../engine/declare.ts';
import { provenByLogs } from '../server-logs.ts';
import { valuesOf } from './of-each.ts';
import { served } from './served.ts';

/**
 * What the extension servers' logs say of a front-proxy certificate that no file here shows, when all of them reject it; null: they do
 * not, their logs contradict each other, or the files of every kube-apiserver are visible.
 */
export const loggedRejection = fact({
  name: 'loggedRejection',
  needs: { services: each(apiService), failures: each(failure), logs: each(logOf), certificates: maybe(each(proxyClientCert)) },
  read: ({ services, failures, logs, certificates }) =>
    provenByLogs(served(services, failures), valuesOf(logs), certificates.ok ? valuesOf(certificates.value) : []),
});
