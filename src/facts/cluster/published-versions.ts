import { remoteApiServices } from '../apiservice/apiservice.ts';
import { readPublished } from '../discovery-document.ts';
import { fact, maybe } from '../engine/declare.ts';

/** Of the remote APIServices' groups. null: nobody asked, because there are none, or this kube-apiserver publishes none. */
export const publishedVersions = fact({
  name: 'publishedVersions',
  needs: { remote: maybe(remoteApiServices) },
  read: ({ remote }, ask) => readPublished(ask, remote.ok ? remote.value : []),
});
