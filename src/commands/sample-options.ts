/** `deploy-sample`'s options, checked. Pure. */

import type { ClientOptions } from '../cluster/settings.ts';
import type { Command } from '../model.ts';
import { formatOf } from '../render/formats.ts';
import { publishedEtcd, publishedImage, type SampleChoices } from '../sample/plan.ts';
import { sh } from '../sh.ts';
import { UsageError } from '../usage-error.ts';
import { span } from './spans.ts';

/** As commander names them. */
export interface SampleOptions extends ClientOptions {
  readonly namePrefix?: string;
  readonly image?: string;
  readonly etcdImage?: string;
  readonly imagePullSecret?: string;
  readonly restricted?: boolean;
  readonly insecureSkipTlsVerifyBackend?: boolean;
  readonly dryRun?: string | true;
  readonly showSecrets?: boolean;
  readonly keep?: boolean;
  readonly cleanup?: boolean;
  readonly delete?: boolean;
  readonly timeout?: string;
  readonly stepTimeout?: string;
  readonly output?: string;
  /** Whether stdout is a terminal. */
  readonly terminal?: boolean;
}

/** The values of --dry-run. */
export const dryRunModes = ['client', 'server'] as const;

export interface Chosen {
  readonly sample: SampleChoices;
  readonly action: 'deploy' | 'deploy-and-delete' | 'delete';
  readonly dryRun: (typeof dryRunModes)[number] | null;
  /** Of the whole run and of each step, milliseconds. */
  readonly timeout: number;
  readonly stepTimeout: number;
  /** The command that removes what is left. */
  readonly removeWith: Command;
}

/** Throws a UsageError that names the option. */
export function sampleOptions(options: SampleOptions, called = 'aggctl'): Chosen {
  const { namespace = 'wardle', namePrefix = '', image = publishedImage, etcdImage = publishedEtcd, imagePullSecret } = options;
  if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(namespace))
    throw new UsageError(`--namespace '${namespace}' is not a valid namespace name`);
  if (['default', 'kube-system', 'kube-public', 'kube-node-lease'].includes(namespace))
    throw new UsageError(
      `--namespace ${namespace} belongs to the cluster; use a namespace for the sample alone, because it is deleted with the sample`,
    );
  if (!/^([a-z0-9][-a-z0-9.]*)?$/.test(namePrefix))
    throw new UsageError(
      `--name-prefix '${namePrefix}' may contain only lowercase letters, digits, dashes and dots, and must start with a letter or digit`,
    );
  if (imagePullSecret !== undefined && !/^[^/]+\/[^/]+$/.test(imagePullSecret))
    throw new UsageError(`--image-pull-secret must be the NAMESPACE/NAME of a Secret, not '${imagePullSecret}'`);
  return {
    sample: {
      namespace,
      namePrefix,
      image,
      etcdImage,
      ...(imagePullSecret !== undefined && { imagePullSecret }),
      restricted: options.restricted ?? false,
      insecure: options.insecureSkipTlsVerifyBackend ?? false,
    },
    action: actionOf(options),
    dryRun: dryRunOf(options),
    timeout: span('--timeout', options.timeout ?? '10m'),
    stepTimeout: span('--step-timeout', options.stepTimeout ?? '3m'),
    removeWith: removalCommand(options, called),
  };
}

function actionOf({ delete: remove, cleanup, keep, dryRun }: SampleOptions): Chosen['action'] {
  const named = Object.entries({ '--delete': remove, '--cleanup': cleanup, '--keep': keep, '--dry-run': dryRun }).filter(
    ([, given]) => given,
  );
  if (named.length > 1) throw new UsageError(`${named.map(([name]) => name).join(' and ')} cannot be used together`);
  return remove ? 'delete' : cleanup ? 'deploy-and-delete' : 'deploy';
}

function dryRunOf({ dryRun, showSecrets, terminal, output }: SampleOptions): Chosen['dryRun'] {
  if (dryRun === undefined) return null;
  const mode = dryRun === true ? 'client' : dryRunModes.find((known) => known === dryRun);
  if (!mode) throw new UsageError(`--dry-run must be ${dryRunModes.join(' or ')}, not '${dryRun}'`);
  if (mode === 'client' && terminal && !showSecrets)
    throw new UsageError(
      '--dry-run prints the private key of the serving certificate: pipe it to `kubectl apply -f -`, or add --show-secrets',
    );
  if (mode === 'client' && formatOf(output).lines) throw new UsageError('--dry-run prints YAML or JSON: remove -o jsonl');
  return mode;
}

/** The command that removes the sample from the cluster that these options name. It never holds a token. */
function removalCommand({ kubeconfig, context, cluster, user, server, as }: ClientOptions, called: string): Command {
  return Object.entries({ kubeconfig, context, cluster, user, server, as }).reduce(
    (command, [name, value]) => (value === undefined ? command : sh`${{ command }} --${name} ${value}`),
    sh`${called.split(' ')} deploy-sample --delete`,
  );
}
