import { apiservers } from '../apiserver/apiserver.ts';
import { fact, maybe } from '../engine/declare.ts';
import { userOptions } from '../shared/inputs.ts';
import { apiservice } from './apiservice.ts';
import { firstFailure, named } from './first-failure.ts';

/** What there is reason to look at behind an APIService: the facts about its Service, pods and certificate ask only then. */
export const onNode = fact({
  name: 'onNode',
  internal: true,
  needs: { all: maybe(apiservers) },
  from: ({ all }) => all.ok && all.value.some(({ manifest, local }) => manifest.ok && !local?.filesAway),
});
const certificatesShow = fact({
  name: 'certificatesShow',
  internal: true,
  needs: { userOptions, onNode, all: maybe(apiservers) },
  from: ({ userOptions, onNode, all }) => {
    // Through a tunnel kube-apiserver reaches what its node does not.
    const tunnel = all.ok && all.value.some(({ flags }) => flags.byName['egress-selector-config-file']);
    return (onNode && !tunnel) || userOptions.portForward || userOptions.readSecrets || false;
  },
});
/** `all` of it, or the `certificate` alone where it serves; `addresses`: only how many servers may answer. */
export const behind = fact({
  name: 'behind',
  of: apiservice,
  internal: true,
  needs: { named, firstFailure, certificatesShow },
  from: ({ named, firstFailure, certificatesShow }, { insecureSkipTLSVerify }): 'all' | 'certificate' | 'addresses' => {
    if (named || (firstFailure !== null && firstFailure.side !== 'kube-apiserver')) return 'all';
    return certificatesShow && firstFailure === null && !insecureSkipTLSVerify ? 'certificate' : 'addresses';
  },
});
