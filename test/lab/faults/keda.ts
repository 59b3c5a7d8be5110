/** The failures that KEDA is known for, on a whole node where it is healthy. */
import { setTimeout as pause } from 'node:timers/promises';
import { externalMetrics, kedaAdapter } from '../keda.ts';
import { issue } from '../pki.ts';
import { until } from '../wait.ts';
import type { WholeNode } from '../whole-node.ts';
import { down } from './pods.ts';
import type { ThirdPartyFault } from './third-parties.ts';

const namespace = 'keda';
const replaceAdapter = (node: WholeNode) =>
  node.kubectl('-n', namespace, 'delete', 'pods', '-l', 'app=keda-metrics-apiserver', '--grace-period=1');
/** Its operator issues the certificate again as soon as it runs, and sets the caBundle. */
const startOperator = async (node: WholeNode) => {
  await node.kubectl('-n', namespace, 'scale', 'deployment/keda-operator', '--replicas=1');
  await node.waitServed(externalMetrics);
};
const stopOperator = async (node: WholeNode) => {
  await node.kubectl('-n', namespace, 'scale', 'deployment/keda-operator', '--replicas=0');
  await node.kubectl('-n', namespace, 'wait', 'pods', '-l', 'app=keda-operator', '--for=delete', '--timeout=60s');
};

interface KedaFault extends ThirdPartyFault {
  /** Part of the fix, in KEDA's own terms. */
  readonly fix: RegExp;
}
const issuedByOperator = /keda-operator issues the certificate in Secret `kedaorg-certs`/;

export const kedaFaults: readonly KedaFault[] = [
  {
    name: 'keda-operator-stopped',
    finds: ['metrics-provider-fails', 'user-request-fails'],
    status: 1,
    says: /KEDA's adapter does not reach its operator/,
    fix: /gets every metric from its operator/,
    inject: stopOperator,
    undo: startOperator,
  },
  {
    name: 'keda-certificate-rotated-without-cabundle',
    finds: ['cabundle-not-signer', 'apiservice-unavailable'],
    status: 1,
    says: /no CA in `spec\.caBundle` signed it/,
    fix: issuedByOperator,
    async inject(node) {
      // As when Secret kedaorg-certs is restored or replaced while the operator does not run.
      await stopOperator(node);
      const issuer = await issue({ commonName: 'KEDA', ca: true });
      const host = `keda-metrics-apiserver.${namespace}.svc`;
      const pair = await issue({ commonName: host, subjectAltNames: [`DNS:${host}`], extendedKeyUsage: ['serverAuth'], issuer });
      const encoded = (text: string) => Buffer.from(text).toString('base64');
      const data = { 'tls.crt': encoded(pair.cert), 'tls.key': encoded(pair.key), 'ca.crt': encoded(issuer.cert) };
      await node.kubectl('-n', namespace, 'patch', 'secret', 'kedaorg-certs', '--type=merge', '-p', JSON.stringify({ data }));
      await replaceAdapter(node);
      await node.waitAvailable(externalMetrics, 'False', 'unknown authority');
    },
    undo: startOperator,
  },
  {
    name: 'keda-adapter-without-operator',
    finds: down('extension-server-cannot-start'),
    status: 1,
    says: /the node cannot start/,
    fix: issuedByOperator,
    async inject(node) {
      await stopOperator(node);
      await node.kubectl('-n', namespace, 'delete', 'secret', 'kedaorg-certs');
      await replaceAdapter(node);
      await node.apply(...Object.values(kedaAdapter()));
      await node.waitAvailable(externalMetrics, 'False', 'have no addresses');
      await until('kubelet to miss the Secret', 90_000, async () => {
        const events = await node.kubectl('-n', namespace, 'get', 'events', '--field-selector=reason=FailedMount');
        return events.includes('kedaorg-certs') || undefined;
      });
      // Younger pods are on their way.
      await pause(31_000);
    },
    undo: startOperator,
  },
];
