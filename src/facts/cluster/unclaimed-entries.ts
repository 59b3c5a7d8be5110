import { chainFaultByFlags } from '../apiserver/chain-fault-by-flags.ts';
import { flags } from '../apiserver/flags.ts';
import { proxyClientCert } from '../apiserver/proxy-client-cert.ts';
import { requestheaderCa } from '../apiserver/requestheader-ca.ts';
import { runningFlags } from '../apiserver/running-flags.ts';
import { signerFaultByConfigMap } from '../apiserver/signer-fault-by-config-map.ts';
import { each, fact, maybe } from '../engine/declare.ts';
import { unclaimedEntries as unclaimedAmong } from '../unclaimed-entries.ts';
import { authConfigMap } from './auth-configmap.ts';
import { kubeApiserverAddresses } from './kube-apiserver-addresses.ts';
import { observedAt } from './of-each.ts';

/** null: not all kube-apiservers and their files are visible from here, or one of them may rest on such an entry. */
export const unclaimedEntries = fact({
  name: 'unclaimedEntries',
  needs: {
    authConfigMap,
    addresses: maybe(kubeApiserverAddresses),
    flags: each(flags),
    runningFlags: each(runningFlags),
    proxyClientCert: each(proxyClientCert),
    requestheaderCa: each(requestheaderCa),
    chainFaultByFlags: each(chainFaultByFlags),
    signerFaultByConfigMap: each(signerFaultByConfigMap),
  },
  from: ({ authConfigMap, addresses, flags, ...all }) =>
    unclaimedAmong(
      authConfigMap,
      flags.map(({ observed }, index) => ({
        flags: observed,
        runningFlags: observedAt(all.runningFlags, index),
        proxyClientCert: observedAt(all.proxyClientCert, index),
        requestheaderCa: observedAt(all.requestheaderCa, index),
        chainFaultByFlags: observedAt(all.chainFaultByFlags, index),
        signerFaultByConfigMap: observedAt(all.signerFaultByConfigMap, index),
      })),
      addresses,
    ),
});
