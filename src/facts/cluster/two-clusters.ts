import { apiservers } from '../apiserver/apiserver.ts';
import { clientCa } from '../apiserver/client-ca.ts';
import { requestheaderCa } from '../apiserver/requestheader-ca.ts';
import { each, fact, maybe } from '../engine/declare.ts';
import { twoClusters } from '../same-cluster.ts';
import { authConfigMap } from './auth-configmap.ts';
import { server } from './connection.ts';
import { kubeApiserverAddresses } from './kube-apiserver-addresses.ts';
import { observedAt } from './of-each.ts';
import { shownCertificate } from './server-certificate.ts';
import { version } from './version.ts';

/** The sentence that says so when a node's files and the API are not shown to be of one cluster; null: they are, or nobody can tell. */
export const strangers = fact({
  name: 'strangers',
  internal: true,
  needs: {
    server,
    version: maybe(version),
    all: maybe(apiservers),
    clientCas: maybe(each(clientCa)),
    requestheaderCas: maybe(each(requestheaderCa)),
    endpoints: maybe(kubeApiserverAddresses),
    shown: shownCertificate,
    configMap: maybe(authConfigMap),
  },
  from: ({ server, version, all, clientCas, requestheaderCas, ...around }) => {
    if (!server || !version.ok || !all.ok || !clientCas.ok || !requestheaderCas.ok) return null;
    const sentences = all.value.map(({ manifest, flags }, index) =>
      manifest.ok
        ? twoClusters({
            ...around,
            flags,
            server,
            clientCa: observedAt(clientCas.value, index),
            requestheaderCa: observedAt(requestheaderCas.value, index),
          })
        : null,
    );
    return sentences.find((one) => one !== null) ?? null;
  },
});
