import { apiPath } from '../../api-path.ts';
import { type Decoded, list as listOf, object, string } from '../../decode.ts';
import type { Observed, PendingCertificate } from '../../model.ts';
import { exitMessages } from '../apiservice/exit-messages.ts';
import { scraping } from '../apiservice/scraping.ts';
import { each, fact, maybe } from '../engine/declare.ts';
import { list, metadata } from '../shared/kubernetes.ts';
import { known } from '../shared/observed.ts';
import { nobodyLooked } from '../shared/service-key.ts';
import { valuesOf } from './of-each.ts';

const signer = 'kubernetes.io/kubelet-serving';

/** The kubelets' requests for serving certificates that wait for approval; null: nobody had reason to look, or may not list them. */
export const pendingCertificates = fact({
  name: 'pendingCertificates',
  needs: { scraped: maybe(each(scraping)), said: maybe(each(exitMessages)) },
  read: async ({ scraped, said }, ask): Promise<Observed<readonly PendingCertificate[] | null>> => {
    const errors = (scraped.ok ? valuesOf(scraped.value) : []).flatMap((one) => one?.missing ?? []);
    const lacks =
      errors.some(({ error }) => error?.kind === 'no-certificate') ||
      (said.ok ? valuesOf(said.value) : []).flat().some((one) => one?.signature?.kind === 'kubelet-without-certificate');
    if (!lacks) return nobodyLooked;
    const path = apiPath`/apis/certificates.k8s.io/v1/certificatesigningrequests?fieldSelector=${`spec.signerName=${signer}`}`;
    const listed = await list(ask, path, requestObject);
    return listed.ok ? known(listed.value.flatMap(pending)) : nobodyLooked;
  },
});

/** k8s.io/api, certificates/v1/types.go. */
export const requestObject = object({
  metadata: object(metadata),
  spec: object({ signerName: string, username: string }),
  status: object({ conditions: listOf(object({ type: string })) }),
});

/** Without a condition: neither approved nor denied. A kubelet asks as `system:node:NAME`. */
function pending({ metadata, spec, status }: Decoded<typeof requestObject>): readonly PendingCertificate[] {
  const node = /^system:node:(.+)$/.exec(spec?.username ?? '')?.[1];
  if (!metadata?.name || !node || spec?.signerName !== signer || (status?.conditions ?? []).length > 0) return [];
  return [{ name: metadata.name, node }];
}
