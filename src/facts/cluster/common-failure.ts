import { apiService } from '../apiservice/api-service.ts';
import { failure } from '../apiservice/failure.ts';
import { logOf } from '../apiservice/log-of.ts';
import { commonFailure as commonAmong } from '../common-failure.ts';
import { each, fact } from '../engine/declare.ts';
import { valuesOf } from './of-each.ts';
import { served } from './served.ts';

/** What all extension servers that can be reached do alike, but for those whose log names a fault of their own; null: they do not. */
export const commonFailure = fact({
  name: 'commonFailure',
  needs: { services: each(apiService), failures: each(failure), logs: each(logOf) },
  from: ({ services, failures, logs }) => {
    const told = valuesOf(logs);
    return commonAmong(
      served(services, failures).filter((_, index) => {
        const log = told[index];
        return !(log?.ok && log.value?.account);
      }),
    );
  },
});
