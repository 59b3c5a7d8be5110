/** `aggctl __complete WORDS…`: the candidates for the last word, as cobra prints them (github.com/spf13/cobra v1.10, completions.go), for shells and kubectl. */
import { apiPath } from '../api-path.ts';
import { connect } from '../cluster/connect.ts';
import { loadKubeconfigs } from '../cluster/kubeconfig.ts';
import type { Asked, Candidate, Kind } from '../completion/candidates.ts';
import { kubernetesObject, list } from '../facts/shared/kubernetes.ts';
import { live } from '../sources/live.ts';
import { clientOptions, demos } from './open-source.ts';
import type { Surroundings } from './surroundings.ts';

/** cobra's ShellCompDirective: what the shell does beside. */
const directives: Partial<Record<Kind, number>> = { files: 0, folders: 16 };
const noFiles = 4;
/** Nobody waits longer for a list. */
const limit = '2s';

/** `current`: the incomplete word. Lines `VALUE\tDESCRIPTION`, the last one `:DIRECTIVE`. Whatever cannot be had is left out: there is nobody to tell. */
export async function complete({ candidates, kind, prefix, given }: Asked, current: string, surroundings: Surroundings): Promise<string> {
  const asked = await namesOf(kind, given, surroundings).catch(() => []);
  const all = [...candidates, ...asked.map((one) => ({ ...one, value: `${prefix}${one.value}` }))];
  const lines = all.filter(({ value }) => value.startsWith(current) && !/\s/.test(value)).map(lineOf);
  return [...lines, `:${directives[kind] ?? noFiles}`, ''].join('\n');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: values of a cluster must not reach the terminal's control.
const lineOf = ({ value, description }: Candidate): string => `${value}\t${description}`.replace(/(?!\t)[\x00-\x1f\x7f]/g, '');

async function namesOf(kind: Kind, given: Readonly<Record<string, string>>, { env, signal }: Surroundings): Promise<readonly Candidate[]> {
  switch (kind) {
    case 'checks':
      return (await import('../checks/index.ts')).checks.map(({ id, title }) => ({ value: id, description: title }));
    case 'demos':
      return demos.map((value) => ({ value, description: '' }));
    case 'contexts':
    case 'clusters':
    case 'users': {
      const config = await loadKubeconfigs(given.kubeconfig ? [given.kubeconfig] : pathsIn(env));
      return config.ok ? [...config.value[kind].keys()].map((value) => ({ value, description: '' })) : [];
    }
    case 'apiservices':
      return apiServices(given, { env, signal });
    default:
      return [];
  }
}

const pathsIn = ({ KUBECONFIG, HOME = '' }: Surroundings['env']): string[] =>
  KUBECONFIG ? KUBECONFIG.split(':') : [`${HOME}/.kube/config`];

/** Those with a Service: the others cannot break. */
async function apiServices(given: Readonly<Record<string, string>>, { env, signal }: Surroundings): Promise<readonly Candidate[]> {
  const connection = await connect({ ...clientOptions(given), requestTimeout: limit }, { env, root: '/' });
  if (!connection.ok || !connection.value) return [];
  const ask = live({ connection: connection.value, root: '/', signal });
  const found = await list(ask, apiPath`/apis/apiregistration.k8s.io/v1/apiservices?limit=500`, kubernetesObject);
  const automanaged = 'kube-aggregator.kubernetes.io/automanaged';
  return (found.ok ? found.value : [])
    .filter(({ metadata }) => metadata?.labels?.[automanaged] === undefined)
    .map(({ metadata }) => ({ value: metadata?.name ?? '', description: '' }));
}
