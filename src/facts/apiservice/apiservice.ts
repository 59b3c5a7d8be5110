import type { ApiService } from '../../model.ts';
import { type ApiServiceObject, apiServicesPath, remoteApiServices as remoteAmong } from '../api-services.ts';
import { fact, type Scope } from '../engine/declare.ts';
import { list } from '../shared/kubernetes.ts';

/** Of all kinds, as kube-apiserver lists them. Reports name it as their scope: without it no APIService is known. */
export const apiServiceObjects = fact({ name: 'apiservice', read: (_, ask) => list<ApiServiceObject>(ask, apiServicesPath) });
export const remoteApiServices = fact({
  name: 'remoteApiServices',
  internal: true,
  needs: { objects: apiServiceObjects },
  from: ({ objects }) => remoteAmong(objects),
});
export const apiservice: Scope<'apiservice', ApiService> = { name: 'apiservice', list: remoteApiServices, nameOf: ({ name }) => name };
