import { installs } from '../../distributions/provider.ts';
import type { Ask, AuthenticationConfigMap, CertificateFile, FrontProxyGrant, Observed, Owner } from '../../model.ts';
import { ownerOf } from '../../owners/index.ts';
import { proxyClientCert } from '../apiserver/proxy-client-cert.ts';
import { each, fact, maybe } from '../engine/declare.ts';
import { get, kubernetesObject } from '../shared/kubernetes.ts';
import { marksOf } from '../shared/marks.ts';
import { map } from '../shared/observed.ts';
import { type Binding, clusterRoleBindingPath, clusterRolePath, notVisible, roleObject } from '../shared/role-bindings.ts';
import { authConfigMap } from './auth-configmap.ts';
import { bindings } from './bindings.ts';
import { distribution } from './distribution.ts';
import { valuesOf } from './of-each.ts';

/** Those of more than kubelets' own API; null: the recording is older than the question. */
export const frontProxyGrants = fact({
  name: 'frontProxyGrants',
  needs: { authConfigMap: maybe(authConfigMap), certificates: maybe(each(proxyClientCert)), bindings: maybe(bindings), distribution },
  read: ({ authConfigMap, certificates, bindings, distribution }, ask) =>
    grantsFor(ask, bindings, frontProxyNames(authConfigMap, certificates.ok ? valuesOf(certificates.value) : []), distribution),
});

/** The names that a front-proxy certificate has or may have: those on the lists, and those in the certificates. */
function frontProxyNames(
  configMap: Observed<AuthenticationConfigMap | null>,
  presented: readonly (CertificateFile | null)[],
): readonly string[] {
  const allowed = configMap.ok ? (configMap.value?.allowedNames ?? []) : [];
  return [...new Set([...allowed, ...presented.map(commonNameOf)])].filter(Boolean);
}
const commonNameOf = (file: CertificateFile | null) => file?.certificates[0]?.commonName ?? '';

/** The bindings that grant more than access to kubelets, for which some clusters use the same certificate. */
async function grantsFor(
  ask: Ask,
  bindings: Observed<readonly Binding[] | null>,
  names: readonly string[],
  distribution: string | null,
): Promise<Observed<readonly FrontProxyGrant[] | null>> {
  if (!bindings.ok || !bindings.value) return bindings as Observed<null>;
  const named = bindings.value.flatMap(({ name, role, users, groups, accounts }) =>
    users
      .filter((user) => names.includes(user))
      .map((user) => ({ name, role, user, alone: [...users, ...groups, ...accounts].length === 1 })),
  );
  const reach = await Promise.all(named.map(({ role }) => onlyKubelets(ask, role)));
  const kubeletsAlone: boolean[] = [];
  for (const one of reach) {
    if (!one.ok) return notVisible(one);
    kubeletsAlone.push(one.value);
  }
  const grants = named.filter((_, index) => !kubeletsAlone[index]);
  const owners = await Promise.all(grants.map(({ name }) => ownerOfBinding(ask, name, distribution)));
  return { ok: true, value: grants.map((grant, index) => ({ ...grant, owner: owners[index] ?? null })) };
}

async function ownerOfBinding(ask: Ask, name: string, distribution: string | null): Promise<Owner | null> {
  const binding = await get(ask, clusterRoleBindingPath(name), kubernetesObject);
  return binding.ok && binding.value ? ownerOf(marksOf(binding.value), { ...installs(distribution), name }) : null;
}

/** A role that is gone grants nothing. */
const onlyKubelets = async (ask: Ask, role: string): Promise<Observed<boolean>> =>
  map(await get(ask, clusterRolePath(role), roleObject), (found) =>
    (found?.rules ?? []).every(
      ({ resources = [], nonResourceURLs = [] }) => nonResourceURLs.length === 0 && resources.every((one) => /^nodes(?:\/|$)/.test(one)),
    ),
  );
