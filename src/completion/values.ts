/** The values that can be named on a command line, each by the name that the help gives it. What a kind needs is loaded when it is asked for. */

import type { Kubeconfig } from '../cluster/kubeconfig.ts';
import type { ClientOptions } from '../cluster/settings.ts';
import type { SourceOptions } from '../commands/open-source.ts';
import type { Surroundings } from '../commands/surroundings.ts';
import { object, string } from '../decode.ts';
import type { Before, Candidate } from './place.ts';

export type Values = (before: Before, surroundings: Surroundings) => Promise<readonly Candidate[]>;

const plain = (values: Iterable<string>): readonly Candidate[] => [...values].map((value) => ({ value, description: '' }));

const kubeconfigOf = async ({ options }: Before, { env }: Surroundings): Promise<Kubeconfig | null> => {
  const { readKubeconfigs } = await import('../cluster/connect.ts');
  const config = await readKubeconfigs(options as ClientOptions, env);
  return config.ok ? config.value : null;
};
const entries =
  (kind: 'contexts' | 'clusters' | 'users'): Values =>
  async (before, surroundings) =>
    plain((await kubeconfigOf(before, surroundings))?.[kind].keys() ?? []);

const checks: Values = async () => {
  const { checks } = await import('../checks/index.ts');
  return checks.map(({ id, title }) => ({ value: id, description: title }));
};

const registration = object({
  metadata: object({ name: string }),
  spec: object({ service: object({ namespace: string, name: string }) }),
});
/** The APIServices that a Service serves: in the snapshot or demo that the line names, else live. No other option counts: some of them write. */
const apiServices: Values = async ({ options, operands }, surroundings) => {
  const [{ clientOptions }, { openSource }, { list }, { apiServicesPath }] = await Promise.all([
    import('../commands/client-options.ts'),
    import('../commands/open-source.ts'),
    import('../facts/shared/kubernetes.ts'),
    import('../facts/apiservice/apiservice.ts'),
  ]);
  const { snapshot, demo, root } = options as SourceOptions;
  const named = { ...(snapshot && { snapshot }), ...(demo && { demo }), ...(root && { root }) };
  const opening = openSource({ ...clientOptions(options), ...named, requestTimeout: '2s' }, surroundings);
  let step = await opening.next();
  while (!step.done) step = await opening.next();
  const answers = await Promise.all(step.value.asks.map((ask) => list(ask, apiServicesPath, registration)));
  return answers
    .flatMap((answer) => (answer.ok ? answer.value : []))
    .flatMap(({ metadata, spec }) => {
      const value = metadata?.name;
      const service = spec?.service;
      return value && service && !operands.includes(value) ? [{ value, description: `${service.namespace}/${service.name}` }] : [];
    });
};

export const values: Readonly<Record<string, Values>> = {
  names: apiServices,
  check: checks,
  context: entries('contexts'),
  contexts: entries('contexts'),
  cluster: entries('clusters'),
  user: entries('users'),
  demo: async () => plain((await import('../commands/open-source.ts')).demos),
  severity: async () => plain((await import('../exit-code.ts')).lowestFailing),
  mode: async () => plain((await import('../commands/sample-options.ts')).dryRunModes),
};
