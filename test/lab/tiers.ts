/**
 * The two tiers of the lab. The core runs by default: on the newest version each check finds its fault once, and the older versions get a
 * smoke test. `npm run test:lab -- --all` adds the tests that are marked with `more`.
 */
import { type Version, versions } from './assets.ts';
import type { Declared } from './faults/fault.ts';
import { faults } from './faults/index.ts';
import { nodeFaults } from './faults/node.ts';
import { podRequestFaults } from './faults/pod-requests.ts';
import { podFaults } from './faults/pods.ts';
import { samplePodFaults } from './faults/sample-pods.ts';
import { severalFaults } from './faults/several.ts';
import { webhookFaults } from './faults/webhooks.ts';

type Named = Pick<Declared, 'name' | 'finds'>;

/** Options of a test, or of a group of tests, that only `--all` runs. */
export const more = { tags: ['more'] };

/** Every fault of the newest version. Those that need no pods come first, because they are injected faster. */
export const everyFault: readonly Declared[] = [
  ...faults,
  ...podFaults,
  ...samplePodFaults,
  ...nodeFaults,
  ...webhookFaults,
  ...podRequestFaults,
  ...severalFaults,
];

/** The names of one fault for each check: the first that the check is the cause of, or else the first that shows it as a symptom. */
export function onceEach(all: readonly Named[]): ReadonlySet<string> {
  const ids = new Set(all.flatMap(({ finds }) => finds));
  const chosen = [...ids].map((id) => all.find(({ finds }) => finds[0] === id) ?? all.find(({ finds }) => finds.includes(id)));
  return new Set(chosen.flatMap((fault) => fault?.name ?? []));
}

/** On the older versions: faults that these treat differently, and one for each way in which a fault shows. */
export const smoke: ReadonlySet<string> = new Set([
  'proxy-client-pair-missing',
  'front-proxy-client-expired',
  'front-proxy-client-wrong-identity-kubelet-client',
  'uid-headers-without-gate',
  'cabundle-not-signer',
  'cabundle-not-injected',
]);

const core = onceEach(everyFault);

/** Options of the test that injects a fault. */
export const tierOf = ({ name }: Pick<Named, 'name'>, version: Version = versions[0]) =>
  (version === versions[0] ? core : smoke).has(name) ? {} : more;
