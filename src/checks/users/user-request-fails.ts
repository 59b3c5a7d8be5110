import { defineCheck } from '../../check.ts';

export default defineCheck({
  id: 'user-request-fails',
  title: 'a request for one object is answered',
  severity: 'error',
  scope: 'apiservice',
  hop: 'request',
  needs: ['apiService', 'userRequest'],
  explainedBy: ['authentication-delegator-missing'],
  explain: {
    looksAt: 'the answer to a GET of one object that does not exist, as the asking user, or that there is none within 10 s',
    why: 'Discovery and the probe may be answered by a server that can do nothing else: its storage is gone or hangs, or it may not ask kube-apiserver who may do what.',
    kubernetes:
      'A sound extension server answers 404. The probe asks as a member of system:masters, whom delegated authorization lets pass without a question, and only for discovery.',
    repair: "Read the extension server's log: the answer's text stands there with its cause.",
    mirrors: 'k8s.io/apiserver, pkg/authorization/authorizerfactory/delegating.go, v0.37.2',
  },
  run({ apiService: { name, group, version, service }, userRequest }) {
    if (!userRequest) return [];
    const { path, status, text, resource } = userRequest;
    if (status !== null && status < 500) return [];
    return [
      {
        message: `Requests for \`${resource}.${group}\` ${status === null ? 'get no answer' : `fail with ${status}`}, though discovery of \`${group}/${version}\` works and Available is True.`,
        at: { probe: `GET ${path}` },
        evidence: [status === null ? text : `${status} \`${text}\``],
        fix: {
          text: `Read the log of the extension server behind \`${name}\`; it says why:`,
          commands: [`kubectl -n ${service.namespace} logs service/${service.name} --tail=50`, `kubectl get --raw ${path}`],
        },
      },
    ];
  },
});
