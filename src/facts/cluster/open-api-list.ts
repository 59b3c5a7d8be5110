import { remoteApiServices } from '../apiservice/apiservice.ts';
import { fact, maybe } from '../engine/declare.ts';
import { readOpenAPIList } from '../open-api.ts';

/** null: nobody asked, because there are no remote APIServices, or the recording is older than the question. */
export const openAPIList = fact({
  name: 'openAPIList',
  needs: { remote: maybe(remoteApiServices) },
  read: ({ remote }, ask) => readOpenAPIList(ask, remote.ok ? remote.value : []),
});
