import { authConfigMapPath, readAuthConfigMap } from '../auth-configmap.ts';
import { fact } from '../engine/declare.ts';
import { get } from '../shared/kubernetes.ts';
import { map } from '../shared/observed.ts';

/** What extension servers trust; null: it does not exist. */
export const authConfigMap = fact({
  name: 'authConfigMap',
  read: async (_, ask) => map(await get<object>(ask, authConfigMapPath), (object) => object && readAuthConfigMap(object)),
});
