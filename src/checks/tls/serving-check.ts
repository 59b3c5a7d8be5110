/** Problems of a serving certificate, and whether they already break requests or only will. */

import { defineCheck } from '../../check.ts';
import { list, moment } from '../../format.ts';
import type {
  AnyCheck,
  ApiService,
  BackendPod,
  Failure,
  FailureKind,
  Fix,
  Problem,
  Serving,
  ServingFault,
  Upgrade,
  VersionChange,
} from '../../model.ts';
import { sh } from '../../sh.ts';
import { workloadOf } from '../service-and-pods/kubectl-commands.ts';
import { later } from '../upgrade/upgrade-effects.ts';

interface Facts {
  readonly apiService: ApiService;
  readonly failure: Failure | null;
  readonly servingFaults: readonly ServingFault[];
  readonly serving?: Serving | null;
  readonly backendPods?: readonly BackendPod[] | null;
  readonly upgrade?: Upgrade | null;
  readonly provider?: string | null;
}
interface Said {
  readonly because: string;
  readonly evidence?: readonly string[];
  readonly fix: Fix;
}

/**
 * The problem for faults of one kind; null when kube-apiserver verifies nothing here. A fault that does not break requests yet is a warning:
 * an open connection keeps working, and of several faults kube-apiserver reports only the first.
 */
export function servingProblem(kind: ServingFault['kind'], facts: Facts, say: (fault: ServingFault) => Said): readonly Problem[] | null {
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
        ...(fault.fixedBySecret && serving?.stored ? unread(serving.stored) : []),
        ...(blind ? ['Available is still True: up to 1.35 its probe does not verify the certificate'] : []),
      ],
      fix: fault.fixedBySecret ? restart(apiService, fault.fixedBySecret, backendPods ?? []) : fix,
      ...(!fault.shows && ({ severity: 'warning', latent: true } as const)),
      ...(blind && later(upgrade, 'serving-certificate-probed')),
    },
  ];
}

interface ServingCheck {
  readonly id: string;
  readonly title: string;
  readonly modes: readonly string[];
  readonly kind: ServingFault['kind'];
  readonly signature: FailureKind;
  readonly judges?: readonly VersionChange[];
  readonly why: string;
  /** kube-apiserver's message. */
  readonly says: string;
  readonly repair: string;
  readonly say: (apiService: ApiService, fault: ServingFault, provider?: string | null) => Said;
}
/** A check of one property that kube-apiserver verifies in the certificate itself. */
export const servingCheck = ({ id, title, modes, kind, signature, judges, why, says, repair, say }: ServingCheck): AnyCheck =>
  defineCheck({
    id,
    title,
    severity: 'error',
    modes,
    scope: 'apiservice',
    hop: 'TLS',
    needs: ['apiService', 'failure', 'servingFaults'],
    wants: ['serving', 'backendPods', 'upgrade', 'provider'],
    causes: { signatures: [signature] },
    ...(judges && { judges }),
    explain: {
      looksAt: "kube-apiserver's message about the serving certificate, and the certificate presented in a handshake",
      why,
      kubernetes: `From 1.36 on the APIService becomes \`False\`, \`${says}\`. Up to 1.35 Available stays True, and users get 503 with this message.`,
      repair,
      mirrors:
        'crypto/x509, verify.go, go1.26; k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
    },
    run: (facts) => servingProblem(kind, facts, (fault) => say(facts.apiService, fault, facts.provider)),
  });

function consequence({ shows }: ServingFault, failure: Failure | null, serving: Serving | null | undefined): string {
  if (shows) return 'fails for every user';
  if (failure) return 'will still be broken after the problem above is fixed';
  return serving?.from === 'Secret'
    ? 'fails as soon as the server presents the certificate in its Secret'
    : 'serves only until kube-apiserver reconnects';
}

/** The presented certificate, as evidence. */
export function shown({ chain, from, at }: Serving): readonly string[] {
  const [leaf] = chain;
  if (!leaf) return [];
  const names = list(leaf.names, { most: 4 }) || 'no SAN';
  const where = 'probe' in at ? at.probe : 'object' in at ? at.object : at.file;
  return [
    `${from === 'Secret' ? 'to be presented' : 'presented'} (${where}): ${leaf.subject}, for ${names}, serial ${leaf.serial.hex}, ${moment(leaf.notBefore)} to ${moment(leaf.notAfter)}, signed by ${leaf.issuer}${chain.length > 1 ? `, followed by ${chain.length - 1} more` : ''}`,
  ];
}

/** The certificate in its Secret, as evidence. */
const unread = ({ secret, chain: [leaf] }: NonNullable<Serving['stored']>): readonly string[] =>
  leaf
    ? [
        `Secret ${secret} contains a certificate that kube-apiserver would accept, but the server has not loaded it: serial ${leaf.serial.hex}, ${moment(leaf.notBefore)} to ${moment(leaf.notAfter)}, signed by ${leaf.issuer}`,
      ]
    : [];
function restart({ service: { namespace } }: ApiService, secret: string, pods: readonly BackendPod[]): Fix {
  const makers = [...new Set(pods.map((pod) => workloadOf(pod)).filter((maker) => maker !== null))];
  return {
    text: `Restart the extension API server: Secret \`${secret}\` already contains the right certificate. Mount the Secret as a whole so that the server can read the next one: a file mounted with \`subPath\` never changes in a running pod.`,
    commands:
      makers.length > 0
        ? makers.map((maker) => sh`kubectl -n ${namespace} rollout restart ${maker}`)
        : [sh`kubectl -n ${namespace} get pods`],
  };
}

/** How to give a server a new serving certificate; `what` describes the certificate. */
export const reissueServing = ({ service, caBundle }: ApiService, what: string): Fix => ({
  text: `Issue a serving certificate ${what}.`,
  edits: {
    of: 'certificate',
    to: 'renew',
    text: `Issue a serving certificate ${what} from ${caBundle ? 'the CA' : 'a CA that you set'} in \`spec.caBundle\`. Store it in the Secret or file that the extension API server reads, and restart the server if it does not reload the file. To find that Secret:`,
    commands: [sh`kubectl -n ${service.namespace} get pods -o yaml | grep -n -e secretName -e tls-cert-file`],
  },
});
