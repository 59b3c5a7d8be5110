import { defineCheck } from '../../check.ts';
import { save } from '../../distributions/keep.ts';
import { list } from '../../format.ts';
import { sh } from '../../sh.ts';

export default defineCheck({
  id: 'rights-granted-to-front-proxy',
  title: 'the common name of the front proxy has no rights of its own',
  severity: 'warning',
  modes: ['H03'],
  scope: 'cluster',
  needs: ['frontProxyGrants'],
  wants: ['clientCaIdentity', 'provider'],
  explain: {
    looksAt:
      'ClusterRoleBindings with a user subject that has the name of the front-proxy client certificate, or one of the allowed names. Bindings for only the kubelet API are ignored, because some clusters use the same certificate for it',
    why: 'If an extension API server treats the front proxy as an ordinary user, every user has these rights, and the 403 that would reveal the fault is missing.',
    kubernetes:
      'kube-apiserver sends the user\'s name in headers, so a working front proxy needs no rights. Requests get 403 `User "front-proxy-client" cannot …` only if its certificate is not accepted as the front proxy\'s: fix the certificates, not RBAC.',
    repair:
      'Make extension API servers accept the front-proxy certificate (run `aggctl doctor` on each control-plane node). Then remove the name from the binding.',
    mirrors:
      'k8s.io/apiserver, pkg/authentication/request/headerrequest/requestheader.go and pkg/authentication/request/union/union.go, v0.37.2',
  },
  run({ frontProxyGrants, clientCaIdentity = [], provider }) {
    if (frontProxyGrants === null) return null;
    return frontProxyGrants.map(({ name, role, user, alone, owner }) => {
      const taken = clientCaIdentity.flatMap(({ subject, observed }) =>
        observed.ok && observed.value?.user === user ? [subject.name] : [],
      );
      const backup = save(sh`kubectl get clusterrolebinding ${name} -o yaml`, `${name.replaceAll('/', '-')}.yaml`);
      return {
        message: `Every user has the rights of ClusterRole \`${role}\` wherever an extension API server treats the front proxy as user \`${user}\`: ClusterRoleBinding \`${name}\` grants them.`,
        at: { object: `ClusterRoleBinding ${name}`, field: 'subjects' },
        evidence: [
          'a front proxy with an accepted certificate needs no rights: the headers name the user',
          ...(taken.length > 0 ? [`the client CA also signed the front-proxy certificate of ${list(taken)}`] : []),
        ],
        fix: {
          text: `${provider ? 'First check that no extension API server rejects the front proxy: `aggctl doctor` finds no other error' : 'First run `aggctl doctor` on each control-plane node'}. Remove \`${user}\` only when it finds nothing wrong with the front-proxy certificate: until then, requests may depend on this binding:`,
          edits: {
            of: { owner },
            to: alone ? 'remove' : 'change',
            commands: [
              alone
                ? sh`${{ command: backup }} && kubectl delete clusterrolebinding ${name}`
                : sh`kubectl edit clusterrolebinding ${name}    # without the subject ${user}`,
            ],
          },
        },
      };
    });
  },
});
