/** @module-tag more */
import { expect, test } from 'vitest';
import { doctor, idsOf, onNode } from './doctor.ts';
import { type Fault, faults } from './faults/index.ts';
import { useSample } from './fixture.ts';
import { notPasted, onlyLooks, paste } from './paste.ts';

/** Faults that have nothing to do with each other, in an order in which all can be injected. */
const together: readonly (readonly string[])[] = [
  ['rights-granted-to-front-proxy', 'front-proxy-client-expired'],
  ['front-proxy-key-not-private', 'cabundle-not-signer'],
  ['group-headers-missing', 'extension-server-down'],
  ['redirects-not-rejected', 'front-proxy-client-not-yet-valid'],
  ['extra-headers-prefix-missing', 'front-proxy-client-without-clientauth'],
  ['configmap-entries-not-from-kube-apiserver', 'no-proxy-without-services'],
  ['front-proxy-client-expired', 'cabundle-not-signer'],
  ['username-headers-missing', 'front-proxy-client-expired'],
  ['repeated-ca-file', 'extension-server-down'],
  ['manifest-not-alone', 'front-proxy-client-signature-insecure'],
  ['group-headers-missing', 'front-proxy-client-wrong-identity'],
  ['front-proxy-client-not-signed-same-name', 'extension-server-down'],
  ['front-proxy-key-not-private', 'service-port-missing'],
  ['rights-granted-to-front-proxy', 'service-missing'],
  ['group-headers-missing', 'serving-certificate-expired'],
  ['username-headers-missing', 'cabundle-expired'],
  ['manifest-not-alone', 'endpoints-missing'],
  ['extra-headers-prefix-missing', 'extension-server-not-https'],
  ['front-proxy-client-expired', 'serving-certificate-names-exclude-service'],
  ['group-priority-wrong', 'front-proxy-client-expired'],
  ['group-headers-missing', 'apiservice-stale'],
  ['front-proxy-client-key-weak', 'service-port-missing'],
  ['group-headers-missing', 'front-proxy-client-expired', 'cabundle-not-signer'],
  ['front-proxy-key-not-private', 'extra-headers-prefix-missing', 'extension-server-down'],
  ['rights-granted-to-front-proxy', 'manifest-not-alone', 'serving-certificate-expired'],
  ['username-headers-missing', 'front-proxy-client-not-yet-valid', 'apiservice-stale'],
  ['redirects-not-rejected', 'front-proxy-key-not-private', 'cabundle-expired'],
];
const fault = (name: string): Fault => {
  const found = faults.find((one) => one.name === name);
  if (!found) throw new Error(`no fault is named ${name}`);
  return found;
};

const lab = useSample();

test.each(together.map((names) => [names.join(', ')] as const))(
  '%s: each is a cause, and nothing else is',
  { timeout: 180_000 },
  async (all) => {
    const injected = all.split(', ').map(fault);
    for (const { inject } of injected) await inject(lab());
    const { report } = await doctor(lab().cp, ...onNode(lab().cp));
    const [first] = report.findings;
    const repaired = first && isPasted(first.fix.commands) ? await paste(lab().cp, first.fix.commands) : null;
    if (repaired) await lab().cp.restartApiserver();
    const next = repaired && (await doctor(lab().cp, ...onNode(lab().cp))).report;
    for (const { undo } of [...injected].reverse()) await undo?.(lab());
    const causes = injected.flatMap(({ finds }) => finds.slice(0, 1));
    expect(
      report.findings.map(({ id }) => id),
      JSON.stringify(report.findings, null, 1),
    ).toEqual(expect.arrayContaining(causes));
    // One fault may keep the other's symptoms from showing.
    expect(idsOf(report).filter((id) => !injected.some(({ finds }) => finds.includes(id)))).toEqual([]);
    if (!next) return;
    expect(repaired).toMatchObject({ status: 0 });
    const left = causes.filter((id) => id !== first?.id);
    expect(next.findings.map(({ id }) => id)).toEqual(expect.arrayContaining(left));
    expect(idsOf(next)).not.toContain(first?.id);
  },
);

/** A fix that repairs, and needs nothing that the lab does not have. */
const isPasted = (commands: readonly string[]): boolean => commands.length > 0 && !onlyLooks(commands) && notPasted(commands, {}) === null;
