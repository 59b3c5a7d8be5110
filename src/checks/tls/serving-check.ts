/** Problems of a serving certificate, alike in what they say of now and later. */

import { list, moment } from '../../format.ts';
import {
  type AnyCheck,
  type ApiService,
  type BackendPod,
  defineCheck,
  type Failure,
  type Fix,
  type Problem,
  type Serving,
  type ServingFault,
  type Upgrade,
} from '../../model.ts';
import { workloadOf } from '../service-and-pods/kubectl-commands.ts';
import { later } from '../upgrade/upgrade-effects.ts';

interface Facts {
  readonly apiService: ApiService;
  readonly failure: Failure | null;
  readonly servingFaults: readonly ServingFault[];
  readonly serving?: Serving | null;
  readonly backendPods?: readonly BackendPod[] | null;
  readonly upgrade?: Upgrade | null;
}
interface Said {
  readonly because: string;
  readonly evidence?: readonly string[];
  readonly fix: Fix;
}

/**
 * The problem that faults of one kind make; null when kube-apiserver verifies nothing here. What does not show yet is a warning: a kept
 * connection works on, and of several faults kube-apiserver says the first.
 */
export function servingProblem(
  id: string,
  kind: ServingFault['kind'],
  facts: Facts,
  say: (fault: ServingFault) => Said,
): readonly Problem[] | null {
  const { apiService, failure, servingFaults, serving, backendPods, upgrade } = facts;
  if (apiService.insecureSkipTLSVerify) return null;
  const fault = servingFaults.find((one) => one.kind === kind);
  if (!fault) return [];
  const { because, evidence = [], fix } = say(fault);
  const blind = fault.shows && apiService.available?.status === 'True';
  return [
    {
      message: `\`${apiService.group}/${apiService.version}\` ${consequence(fault, failure, serving)}: ${because}.`,
      at: fault.at,
      evidence: [
        `\`${fault.text}\``,
        ...evidence,
        ...(serving ? shown(serving) : []),
        ...(fault.mendedBy && serving?.stored ? unread(serving.stored) : []),
        ...(blind ? ['Available is True all the same: up to 1.35 its probe does not verify the certificate'] : []),
      ],
      fix: fault.mendedBy ? restart(apiService, fault.mendedBy, backendPods ?? []) : fix,
      ...(!fault.shows && ({ severity: 'warning', latent: true } as const)),
      ...(blind && later(upgrade, id)),
    },
  ];
}

interface ServingCheck {
  readonly id: string;
  readonly title: string;
  readonly kind: ServingFault['kind'];
  readonly why: string;
  /** kube-apiserver's words. */
  readonly says: string;
  readonly repair: string;
  readonly say: (apiService: ApiService, fault: ServingFault) => Said;
}
/** A check of one thing that kube-apiserver verifies of the certificate itself. */
export const servingCheck = ({ id, title, kind, why, says, repair, say }: ServingCheck): AnyCheck =>
  defineCheck({
    id,
    title,
    severity: 'error',
    scope: 'apiservice',
    hop: 'TLS',
    needs: ['apiService', 'failure', 'servingFaults'],
    wants: ['serving', 'backendPods', 'upgrade'],
    // It is kube-apiserver's own certificate then.
    explainedBy: ['service-is-kube-apiserver'],
    explain: {
      looksAt: 'what kube-apiserver says of the serving certificate, and what a handshake shows of it',
      why,
      kubernetes: `From 1.36 on the APIService becomes \`False\`, \`${says}\`. Up to 1.35 Available stays True, and users get 503 with that text.`,
      repair,
      mirrors:
        'crypto/x509, verify.go, go1.26; k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
    },
    run: (facts) => servingProblem(id, kind, facts, (fault) => say(facts.apiService, fault)),
  });

function consequence({ shows }: ServingFault, failure: Failure | null, serving: Serving | null | undefined): string {
  if (shows) return 'fails for every user';
  if (failure) return 'stays broken once what shows now is repaired';
  return serving?.from === 'Secret'
    ? 'fails as soon as the server presents what its Secret holds'
    : 'serves only until kube-apiserver connects anew';
}

/** What is presented, as evidence. */
export function shown({ chain, from, at }: Serving): readonly string[] {
  const [leaf] = chain;
  if (!leaf) return [];
  const names = list(leaf.names, { most: 4 }) || 'no SAN';
  const where = 'probe' in at ? at.probe : 'object' in at ? at.object : at.file;
  return [
    `${from === 'Secret' ? 'to be presented' : 'presented'} (${where}): ${leaf.subject}, for ${names}, serial ${leaf.serial.hex}, ${moment(leaf.notBefore)} to ${moment(leaf.notAfter)}, signed by ${leaf.issuer}${chain.length > 1 ? `, with ${chain.length - 1} more behind it` : ''}`,
  ];
}

/** What its Secret holds, as evidence. */
const unread = ({ secret, chain: [leaf] }: NonNullable<Serving['stored']>): readonly string[] =>
  leaf
    ? [
        `Secret ${secret} holds one that kube-apiserver would accept, and the server has not read it: serial ${leaf.serial.hex}, ${moment(leaf.notBefore)} to ${moment(leaf.notAfter)}, signed by ${leaf.issuer}`,
      ]
    : [];
function restart({ service: { namespace } }: ApiService, secret: string, pods: readonly BackendPod[]): Fix {
  const makers = [...new Set(pods.map((pod) => workloadOf(pod)).filter((maker) => maker !== null))];
  return {
    text: `Restart the extension server: Secret \`${secret}\` holds the right certificate already. So that it reads the next one by itself, mount the Secret as a whole: a file mounted with \`subPath\` never changes in a running pod.`,
    commands:
      makers.length > 0 ? makers.map((maker) => `kubectl -n ${namespace} rollout restart ${maker}`) : [`kubectl -n ${namespace} get pods`],
  };
}

/** How a new serving certificate comes to its server; `what` says how it must be. */
export function reissueServing({ service, annotations, caBundle }: ApiService, what: string): Fix {
  const [namespace, certificate] = (annotations['cert-manager.io/inject-ca-from'] ?? '').split('/');
  if (certificate)
    return {
      text: `cert-manager issues it: have its Certificate give a serving certificate ${what}:`,
      commands: [`kubectl -n ${namespace} describe certificate ${certificate}`],
    };
  return {
    text: `Issue a serving certificate ${what}, by ${caBundle ? 'the CA' : 'a CA that belongs'} in \`spec.caBundle\`; put it in the Secret or file that the extension server reads, and restart the server where it does not read it again by itself. To find that Secret:`,
    commands: [`kubectl -n ${service.namespace} get pods -o yaml | grep -n -e secretName -e tls-cert-file`],
  };
}
