import { apiPath } from '../../api-path.ts';
import { anything, unixDate } from '../../decode.ts';
import type { Ask, CountedFailures, Observed } from '../../model.ts';
import { fact, maybe } from '../engine/declare.ts';
import { parsed } from '../shared/kubernetes.ts';
import { nobodyLooked } from '../shared/service-key.ts';
import { endpoints } from './endpoints.ts';
import { pastWanted, seen } from './past.ts';

/** Of all APIServices; null, as of what follows: nobody asked for the past. */
export const countedFailures = fact({
  name: 'countedFailures',
  needs: { pastWanted, endpoints: maybe(endpoints) },
  read: ({ pastWanted, endpoints }, ask) => {
    const each = endpoints.ok ? endpoints.value : [];
    return pastWanted
      ? readCounters(
          ask,
          each.flatMap(({ address, version }) => (version.ok ? [address] : [])),
        )
      : nobodyLooked;
  },
});

/** /metrics is megabytes; the source keeps the lines that count here, and no more. `servers`: kube-apiservers at their own addresses; [] when there is one. */
async function readCounters(ask: Ask, servers: readonly string[]): Promise<Observed<readonly CountedFailures[]>> {
  const answers = await Promise.all(
    (servers.length > 0 ? servers : [null]).map(async (server) => {
      const answer = await ask({ kind: 'api', method: 'GET', path: apiPath`/metrics`, accept: 'text/plain', ...(server && { server }) });
      if (answer.ok && answer.value.status === 200) return { ok: true as const, value: countersIn(answer.value.text, server) };
      const refused = parsed('/metrics', answer, anything);
      return refused.ok ? { ok: false as const, why: 'excluded' as const, message: 'kube-apiserver does not serve /metrics' } : refused;
    }),
  );
  const read = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
  const failed = answers.find((answer) => !answer.ok);
  return read.length === 0 && failed ? seen(failed, 'how often kube-apiserver found it unavailable') : { ok: true, value: read.flat() };
}

/** Of Prometheus' text format: the counter of kube-aggregator's availability controllers (v0.37.2, pkg/controllers/status/metrics). */
function countersIn(metrics: string, server: string | null): readonly CountedFailures[] {
  const started = /^process_start_time_seconds (\S+)/m.exec(metrics)?.[1];
  const since = unixDate(Number(started)) ?? null;
  return [...metrics.matchAll(/^aggregator_unavailable_apiservice_total\{([^}]*)\} (\S+)/gm)].map(([, labels = '', count]) => {
    const label = (name: string) => new RegExp(`(?:^|,)${name}="([^"]*)"`).exec(labels)?.[1] ?? '';
    return { server, since, apiService: label('name'), reason: label('reason'), count: Number(count) };
  });
}
