import { listApiServices } from '../api-services.ts';
import { apiServiceObjects } from '../apiservice/apiservice.ts';
import { fact } from '../engine/declare.ts';

/** All of them, also those that kube-apiserver serves itself. */
export const apiServices = fact({
  name: 'apiServices',
  needs: { objects: apiServiceObjects },
  read: async ({ objects }, ask) => ({ ok: true, value: await listApiServices(ask, objects) }),
});
