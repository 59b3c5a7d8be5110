import type { DependencyError } from '../../model.ts';
import { dependencyIn } from '../../signatures/dependencies.ts';
import { fact, maybe } from '../engine/declare.ts';
import { apiservice } from './apiservice.ts';
import { providerLogs } from './provider-logs.ts';

/** What a provider of metrics does not reach, by its log; null: it does not say, or nobody had reason to look. */
export const providerDependency = fact({
  name: 'providerDependency',
  of: apiservice,
  needs: { logs: maybe(providerLogs) },
  from: ({ logs }): DependencyError | null => {
    const said = (logs.ok ? logs.value : []).flatMap(({ pod, text }) => {
      const found = dependencyIn(text);
      return found ? [{ pod, ...found }] : [];
    });
    return said[0] ?? null;
  },
});
