import { apiPath } from '../../api-path.ts';
import { type Decoded, list as listOf, object, string } from '../../decode.ts';
import type { Observed, StuckNamespace } from '../../model.ts';
import { remoteApiServices } from '../apiservice/apiservice.ts';
import { fact } from '../engine/declare.ts';
import { list, metadata } from '../shared/kubernetes.ts';
import { optional } from '../shared/observed.ts';

/** Namespaces that cannot be deleted; [] as well when no APIService is down, because nobody asks then. The rights for it are optional. */
export const stuckNamespaces = fact({
  name: 'stuckNamespaces',
  needs: { remote: remoteApiServices },
  read: async ({ remote }, ask): Promise<Observed<readonly StuckNamespace[]>> => {
    if (remote.every(({ available }) => available?.status === 'True')) return { ok: true, value: [] };
    return optional(await list(ask, terminating, namespaceObject), stuckAmong, 'namespaces that cannot be deleted');
  },
});

const terminating = apiPath`/api/v1/namespaces?fieldSelector=status.phase%3DTerminating`;
export const namespaceObject = object({
  metadata: object(metadata),
  status: object({ conditions: listOf(object({ type: string, status: string, reason: string, message: string })) }),
});

/**
 * Those that wait for discovery. kubernetes/kubernetes, pkg/controller/namespace/deletion/namespaced_resources_deleter.go and
 * status_condition_utils.go, v1.37.2: the message names each group version that failed.
 */
const stuckAmong = (namespaces: readonly Decoded<typeof namespaceObject>[]): readonly StuckNamespace[] =>
  namespaces.flatMap(({ metadata, status }) => {
    const failed = status?.conditions?.find(({ type, status }) => type === 'NamespaceDeletionDiscoveryFailure' && status === 'True');
    if (!failed) return [];
    return [{ name: metadata?.name ?? '', since: new Date(metadata?.deletionTimestamp ?? 0), text: failed.message ?? '' }];
  });
