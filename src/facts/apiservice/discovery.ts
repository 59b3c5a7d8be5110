import { discover } from '../api-services.ts';
import { user } from '../cluster/identity.ts';
import { fact } from '../engine/declare.ts';
import { apiservice } from './apiservice.ts';

/** What a GET of /apis/GROUP/VERSION through kube-apiserver gives. */
export const discovery = fact({
  name: 'discovery',
  of: apiservice,
  needs: { user },
  read: ({ user }, ask, one) => discover(ask, one, user),
});
