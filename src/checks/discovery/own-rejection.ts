/** A 401 or 403 that is one extension API server's own: somebody else accepts kube-apiserver with the same certificate. */
import type { ApiService, Failure, Fix, Problem } from '../../model.ts';
import { sh } from '../../sh.ts';

interface OwnRejection {
  /** Completes `it does not serve: …`. */
  readonly because: string;
  readonly fix: Fix;
  readonly candidates: Pick<Problem, 'isLocal' | 'aspect' | 'leaves'>;
}

/** `acceptedBy`: name of another APIService whose server accepts kube-apiserver; null: none does. null: the fault may be kube-apiserver's. */
export function ownRejection(
  { service: { namespace, name }, group, version }: ApiService,
  { signature, unseen }: Failure,
  acceptedBy: string | null,
): OwnRejection | null {
  if (signature !== 'rejected' && signature !== 'anonymous') return null;
  const status = signature === 'rejected' ? '401' : '403';
  const log = sh`kubectl -n ${namespace} logs service/${name} --tail=200`;
  // The probe presents the same certificate as all requests.
  if (unseen)
    return {
      because: `its extension API server answers ${status} to you, while Available is True`,
      fix: {
        text: `If Available is still True in 40 s, the front-proxy certificate is accepted, and the reason is your user: a user without a name gets 401 (an entry of ConfigMap aws-auth without \`username\`, an empty claim). Compare with another user, and read the extension API server's log:`,
        commands: [sh`kubectl auth whoami`, sh`kubectl get --raw /apis/${group}/${version} --as=aggctl-probe`, log],
      },
      candidates: { isLocal: true, aspect: 'rejects-user' },
    };
  if (acceptedBy === null) return null;
  return {
    because: `its extension API server answers ${status} to kube-apiserver, and the one of \`${acceptedBy}\` accepts the same client certificate`,
    fix: {
      text: `Look for the reason in the extension API server itself, because kube-apiserver's certificate is accepted elsewhere: its own \`--requestheader-*\` arguments, a copy of ConfigMap extension-apiserver-authentication that it read only at its start (then restart it), its own ${signature === 'rejected' ? 'authentication' : 'authorization'}, or a proxy before it:`,
      commands: [log, sh`kubectl -n ${namespace} get pods -o yaml | grep -n -e requestheader -e authentication -e authorization`],
    },
    candidates: { isLocal: true },
  };
}
