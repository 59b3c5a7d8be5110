/** The remote APIServices as a list: kubectl's columns, and the cause. */

import { ownRejection } from '../checks/discovery/own-rejection.ts';
import { duration } from '../format.ts';
import type { ApiService, Cell, Finding, Table } from '../model.ts';
import { concernsOf } from '../run/concerns.ts';
import type { Look } from './surroundings.ts';

/** One row for each APIService: what `kubectl get apiservices` shows, and the finding that explains its failure. */
export function apiServiceTable({ gathered, diagnosis, checked, status }: Look): Table {
  const now = gathered.cluster.now.ok ? gathered.cluster.now.value : new Date();
  const factsOf = new Map(gathered.apiservice.ok ? gathered.apiservice.value.map(({ subject, facts }) => [subject.name, facts]) : []);
  const concerns = concernsOf([...diagnosis.findings, ...(diagnosis.suppressed ?? [])]);
  const items = checked.flatMap(({ name, state }) => {
    const facts = factsOf.get(name);
    if (!facts?.apiService.ok) return [];
    const cause = concerns.get(name)?.[0]?.finding ?? null;
    const failure = facts.failure.ok ? facts.failure.value : null;
    const acceptedBy = facts.acceptedBy.ok ? facts.acceptedBy.value : null;
    const own = failure && ownRejection(facts.apiService.value, failure, acceptedBy);
    return [{ ...itemOf(facts.apiService.value, cause), state, meaning: own?.because ?? failure?.meaning ?? null }];
  });
  const since = (time: string): Cell => {
    const order = now.getTime() - Date.parse(time);
    return { text: duration(order), order };
  };
  return {
    schemaVersion: 1,
    kind: 'APIServices',
    columns: [
      'NAME',
      { name: 'SERVICE', only: 'room' },
      'AVAILABLE',
      { name: 'AGE', only: 'room' },
      'CAUSE',
      ...['PORT', 'SINCE', 'MESSAGE'].map((name) => ({ name, only: 'wide' as const })),
    ],
    rows: items.map(({ name, service, available, createdAt, cause }) => [
      name,
      `${service.namespace}/${service.name}`,
      availability(available),
      since(createdAt),
      cause === null ? '' : `${cause.id}${cause.suppressed ? ' (suppressed)' : ''}`,
      String(service.port),
      available ? since(available.since) : '',
      cause?.message ?? '',
    ]),
    items,
    names: items.map(({ name }) => `apiservice.apiregistration.k8s.io/${name}`),
    exitStatus: status,
  };
}

function availability(available: { readonly status: string; readonly reason: string } | null): Cell {
  if (available?.status === 'True') return 'True';
  if (available?.status === 'False') return { text: `False (${available.reason})`, tone: 'error' };
  return { text: available ? `${available.status} (${available.reason})` : 'Unknown', tone: 'warning' };
}

function itemOf({ name, service, available, createdAt }: ApiService, cause: Finding | null) {
  return {
    name,
    service,
    available: available && { ...available, since: available.since.toISOString() },
    createdAt: createdAt.toISOString(),
    cause: cause && { id: cause.id, severity: cause.severity, message: cause.message, ...(cause.suppression && { suppressed: true }) },
  };
}
