import { defineCheck } from '../../check.ts';
import { sh } from '../../sh.ts';

export default defineCheck({
  id: 'user-request-fails',
  title: 'the extension API server answers a request for one object',
  severity: 'error',
  modes: ['R03', 'W06'],
  scope: 'apiservice',
  hop: 'request',
  needs: ['apiService', 'userRequest', 'differing'],
  explain: {
    looksAt: "the answer to a GET of one nonexistent object as aggctl's user, or no answer within 10 s",
    why: 'A server may answer discovery and the probe but nothing else: its storage is down or hangs, or it lacks the right to send SubjectAccessReviews.',
    kubernetes:
      'A correct extension API server returns 404. The probe runs as a member of system:masters and requests only discovery; delegated authorization sends no review for that group.',
    repair: "Read the extension API server's log: it contains the error with its cause.",
    mirrors: 'k8s.io/apiserver, pkg/authorization/authorizerfactory/delegating.go, v0.37.2',
  },
  run({ apiService: { name, group, version, service }, userRequest, differing }) {
    // Where a share of all requests fails, this one may be of it.
    if (!userRequest?.fails || differing) return [];
    const { path, status, text, resource } = userRequest;
    return [
      {
        message: `Requests for \`${resource}.${group}\` ${status === null ? 'get no answer' : `fail with ${status}`}, although discovery of \`${group}/${version}\` works and Available is True.`,
        at: { probe: `GET ${path}` },
        evidence: [status === null ? text : `${status} \`${text}\``],
        fix: {
          text: `Read the log of the extension API server behind \`${name}\` for the cause:`,
          commands: [sh`kubectl -n ${service.namespace} logs service/${service.name} --tail=50`, sh`kubectl get --raw ${path}`],
        },
      },
    ];
  },
});
