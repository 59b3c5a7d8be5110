/** Where objects of each kind lie in the API. */
import { apiPath } from '../api-path.ts';
import type { ApiPath, Manifest } from '../model.ts';

/** The kinds that the sample is made of. */
const plurals: Readonly<Record<string, string>> = {
  Namespace: 'namespaces',
  ServiceAccount: 'serviceaccounts',
  ClusterRole: 'clusterroles',
  ClusterRoleBinding: 'clusterrolebindings',
  RoleBinding: 'rolebindings',
  Secret: 'secrets',
  ConfigMap: 'configmaps',
  Deployment: 'deployments',
  Pod: 'pods',
  Service: 'services',
  APIService: 'apiservices',
  Flunder: 'flunders',
  Fischer: 'fischers',
};

/** Group, resource and namespace, as authorization names them. */
export function resourceOf({ apiVersion, kind, metadata }: Manifest): { group: string; resource: string; namespace?: string } {
  const resource = plurals[kind];
  if (!resource) throw new Error(`the sample has no object of kind ${kind}`);
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
  return { group, resource, ...(metadata.namespace !== undefined && { namespace: metadata.namespace }) };
}

/** The path of its collection. */
export function collectionOf(object: Manifest): ApiPath {
  const { resource, namespace } = resourceOf(object);
  const root = object.apiVersion.includes('/') ? apiPath`/apis/${object.apiVersion.split('/')}` : apiPath`/api/${object.apiVersion}`;
  return apiPath`${{ path: root }}/${[...(namespace === undefined ? [] : ['namespaces', namespace]), resource]}`;
}

export const pathOf = (object: Manifest): ApiPath => apiPath`${{ path: collectionOf(object) }}/${object.metadata.name}`;

/** `Deployment wardle/wardle-server`. */
export const nameOf = ({ kind, metadata: { namespace, name } }: Manifest): string => `${kind} ${namespace ? `${namespace}/` : ''}${name}`;
