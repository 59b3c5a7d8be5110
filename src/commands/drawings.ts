/** What `-o html` draws beside the report: the path of a request through each APIService. */
import type { Gathered } from '../check.ts';
import { checks } from '../checks/index.ts';
import { formatOf } from '../render/formats.ts';
import type { Diagnosis } from '../run/index.ts';
import { narrow } from '../run/narrow.ts';
import { presentsForeign } from '../run/trust-map.ts';

/** The formats that were asked for: that of stdout, and those of files. */
export interface Outputs {
  readonly output?: string;
  readonly outputFiles?: readonly { readonly format: string }[];
}

/** The diagnosis with its drawings, where a format shows some. */
export function drawn(gathered: Gathered, diagnosis: Diagnosis, { output, outputFiles = [] }: Outputs): Diagnosis {
  if (![output, ...outputFiles.map(({ format }) => format)].some((format) => formatOf(format).drawn)) return diagnosis;
  const { cluster, apiservice } = gathered;
  const names = apiservice.ok ? apiservice.value.map(({ subject }) => subject.name) : [];
  return {
    ...diagnosis,
    drawings: {
      now: (cluster.now.ok ? cluster.now.value : new Date()).toISOString(),
      presentsForeign: presentsForeign(gathered),
      apiservices: diagnosis.apiservices ?? narrow(checks, gathered, diagnosis, names).apiservices ?? [],
    },
  };
}
