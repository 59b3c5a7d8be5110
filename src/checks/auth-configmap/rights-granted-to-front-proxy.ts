import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';

export default defineCheck({
  id: 'rights-granted-to-front-proxy',
  title: "no rights are granted to the front proxy's own name",
  severity: 'warning',
  modes: ['H03'],
  scope: 'cluster',
  needs: ['frontProxyGrants'],
  wants: ['clientCaIdentity'],
  explain: {
    looksAt:
      "ClusterRoleBindings one of whose subjects is a user by the name of the front-proxy client certificate, or by one of the allowed names; not those of kubelets' API alone, for which some clusters use the same certificate",
    why: 'Whenever an extension server takes the front proxy for a user, every user has these rights; and the 403 that would tell of it never comes.',
    kubernetes:
      'kube-apiserver sends the user\'s name in headers, so that a sound front proxy needs no rights. Only where its certificate is not taken for the front proxy\'s do requests get 403 `User "front-proxy-client" cannot …`; the cure for that is in the certificates, not in RBAC.',
    repair:
      'Let extension servers take the certificate for the front proxy (`aggctl doctor` on each control-plane node); then take the name out of the binding.',
    mirrors:
      'k8s.io/apiserver, pkg/authentication/request/headerrequest/requestheader.go and pkg/authentication/request/union/union.go, v0.37.2',
  },
  run({ frontProxyGrants, clientCaIdentity = [] }) {
    if (frontProxyGrants === null) return null;
    return frontProxyGrants.map(({ name, role, user, alone }) => {
      const taken = clientCaIdentity.flatMap(({ subject, observed }) =>
        observed.ok && observed.value?.user === user ? [subject.name] : [],
      );
      return {
        message: `Every user has the rights of ClusterRole \`${role}\` wherever an extension server takes the front proxy for the user \`${user}\`: ClusterRoleBinding \`${name}\` grants them to that name.`,
        at: { object: `ClusterRoleBinding ${name}`, field: 'subjects' },
        evidence: [
          'a front proxy whose certificate is accepted needs no rights: the headers name the user',
          ...(taken.length > 0 ? [`the CA of the users vouches for the front-proxy certificate of ${list(taken)}, too`] : []),
        ],
        fix: {
          text: `Once \`aggctl doctor\` on each control-plane node finds nothing wrong with the front-proxy certificate, take \`${user}\` out; before that, it is what lets requests through:`,
          commands: [
            `kubectl get clusterrolebinding ${name} -o yaml > ${name}.yaml    # to have it back`,
            alone
              ? `kubectl delete clusterrolebinding ${name}`
              : `kubectl edit clusterrolebinding ${name}    # without the subject ${user}`,
          ],
        },
      };
    });
  },
});
