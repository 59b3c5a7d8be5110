/**
 * The verdict at 1, 10, 40 and 110 s after a fault, and in 8 runs in a row where one of two replicas is broken: the same root, or an honest
 * "in transition" until the cluster shows it.
 *
 * @module-tag more
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model.ts';
import { doctor, onLaptop, onNode } from './doctor.ts';
import { faults } from './faults/index.ts';
import { useSample } from './fixture.ts';
import { issue } from './pki.ts';
import { type Behaviour, startExtensionServer } from './servers.ts';

const lab = useSample();

/** Errors and warnings, the causes alone. */
const causesIn = ({ findings }: Report) => findings.filter(({ severity }) => severity !== 'info').map(({ id }) => id);

test.each([
  'extension-server-down',
  'serving-certificate-expired',
  'serving-certificate-names-exclude-service',
  'cabundle-not-signer',
  'cabundle-expired',
  'cabundle-unusable',
  'service-missing',
  'service-port-missing',
  'service-selects-no-pods',
  'endpoints-missing',
  'extension-server-not-https',
  'extension-server-rejects-connections',
  'front-proxy-client-expired',
  'front-proxy-client-not-yet-valid',
  'front-proxy-client-without-clientauth',
  'front-proxy-client-not-signed-by-requestheader-ca',
  'front-proxy-client-wrong-identity',
  'configmap-missing',
  'apiservice-stale',
  'group-priority-wrong',
])('%s', { timeout: 240_000 }, async (name) => {
  const fault = faults.find((one) => one.name === name);
  const began = Date.now();
  let injected = false;
  const injecting = fault?.inject(lab()).then(() => {
    injected = true;
  });
  const seen: (readonly string[])[] = [];
  for (const seconds of [1, 10, 40, 110]) {
    await sleep(Math.max(0, began + seconds * 1000 - Date.now()));
    const [settled, { report }] = [injected, await doctor(lab().cp, ...onNode(lab().cp))];
    // Before the fault is there, nothing is the right answer.
    if (settled || causesIn(report).length > 0) seen.push([`${seconds} s`, ...causesIn(report)]);
  }
  await injecting;
  await fault?.undo?.(lab());
  const root = fault?.finds[0];
  expect(seen.filter(([, first]) => first !== root && first !== 'apiservice-in-transition')).toEqual([]);
  expect(seen.at(-1)?.[1]).toBe(root);
});

/** A serving certificate that ended yesterday. */
async function expired(): Promise<Behaviour> {
  const day = 86_400_000;
  const wanted = { notBefore: new Date(Date.now() - 9 * day), notAfter: new Date(Date.now() - day) };
  const issuer = await issue({ commonName: 'inventory-ca', ca: true });
  const subjectAltNames = ['DNS:api.inventory.svc'];
  return {
    serving: await issue({ commonName: 'api.inventory.svc', issuer, extendedKeyUsage: ['serverAuth'], subjectAltNames, ...wanted }),
  };
}

describe('one of two replicas', () => {
  test.each<[string, () => Promise<Behaviour | null>]>([
    ['refuses connections', async () => null],
    ['answers 401', async () => ({ status: 401 })],
    ['answers 503', async () => ({ status: 503 })],
    ['presents an expired certificate', expired],
  ])('%s: the same verdict in 8 runs in a row', { timeout: 300_000 }, async (_, behaviourOf) => {
    const { cp } = lab();
    await cp.manifest.set('enable-aggregator-routing', 'true');
    await cp.restartApiserver();
    const behaviour = await behaviourOf();
    const first = await startExtensionServer(cp, { group: 'inventory.example.com' });
    const { apiService, endpointSlice = {} } = first.objects;
    // The caBundle is of the one server; where certificates are not the fault, they are not verified.
    if (!behaviour?.serving)
      await cp.apply({ ...apiService, spec: { ...apiService.spec, caBundle: undefined, insecureSkipTLSVerify: true } });
    const second = behaviour && (await startExtensionServer(cp, { group: 'broken.example.com', port: 9444, behaviour }));
    if (second) await cp.kubectl('delete', 'apiservice', second.apiService);
    const ports = [{ ...endpointSlice.ports[0], port: second ? 9444 : 9445 }];
    await cp.apply({ ...endpointSlice, metadata: { ...endpointSlice.metadata, name: 'api-broken' }, ports });
    await sleep(5_000);
    const verdicts: string[] = [];
    for (let run = 0; run < 8; run += 1) {
      const { report } = await doctor(cp, ...(run % 2 === 0 ? onNode(cp) : onLaptop(cp)));
      verdicts.push(causesIn(report).join());
    }
    await Promise.all([first.stop(), second?.stop()]);
    expect(verdicts).toEqual(Array(8).fill('extension-server-answers-differ'));
  });
});
