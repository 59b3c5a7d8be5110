import type { Ask, Observed, WarningEvent } from '../../model.ts';
import { apiService } from '../apiservice/api-service.ts';
import { named } from '../apiservice/first-failure.ts';
import { each, fact, maybe } from '../engine/declare.ts';
import { list } from '../shared/kubernetes.ts';
import { type EventObject, eventObject, warningsPath } from '../shared/objects.ts';
import { nobodyLooked } from '../shared/service-key.ts';
import { valuesOf } from './of-each.ts';
import { pastWanted } from './past.ts';

/** Of the namespaces of the Services that were asked for. */
export const warningEvents = fact({
  name: 'warningEvents',
  needs: { pastWanted, services: maybe(each(apiService)), named: maybe(each(named)) },
  read: ({ pastWanted, services, named }, ask) => {
    if (!pastWanted || !services.ok || !named.ok) return nobodyLooked;
    const wanted = valuesOf(services.value).filter((_, index) => valuesOf(named.value)[index]);
    return readWarnings(ask, [...new Set(wanted.map(({ service }) => service.namespace))]);
  },
});

/** From so many namespaces on the Events of the whole cluster are one question. */
const manyNamespaces = 5;

/** Of these namespaces. */
async function readWarnings(ask: Ask, namespaces: readonly string[]): Promise<Observed<readonly WarningEvent[]>> {
  const paths = namespaces.length > manyNamespaces ? [warningsPath()] : namespaces.map(warningsPath);
  const lists = await Promise.all(paths.map((path) => list(ask, path, eventObject)));
  const failed = lists.find((one) => !one.ok);
  if (failed && !failed.ok) return { ...failed, why: 'excluded', message: `Events: ${failed.message}` };
  const all = lists.flatMap((one) => (one.ok ? one.value : []));
  return { ok: true, value: all.filter(({ metadata }) => namespaces.includes(metadata?.namespace ?? '')).map(eventOf) };
}
const eventOf = ({
  metadata,
  involvedObject = {},
  reason = '',
  message = '',
  count,
  lastTimestamp,
  eventTime,
}: EventObject): WarningEvent => ({
  at: new Date(lastTimestamp ?? eventTime ?? metadata?.creationTimestamp ?? 0),
  namespace: metadata?.namespace ?? '',
  object: `${involvedObject.kind}/${involvedObject.name}`,
  reason,
  message,
  count: count ?? 1,
});
