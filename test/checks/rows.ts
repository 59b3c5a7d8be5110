/** The rows of all checks. */
import { rows as backend } from './backend.ts';
import { rows as cluster } from './cluster.ts';
import { rows as commandLine } from './command-line.ts';
import { rows as configMap } from './configmap.ts';
import { rows as effects } from './effects.ts';
import { rows as extensionServers } from './extension-servers.ts';
import { rows as flags } from './flags.ts';
import { rows as chain } from './front-proxy-chain.ts';
import { rows as dates } from './front-proxy-dates.ts';
import { rows as files } from './front-proxy-files.ts';
import { rows as openAPI } from './openapi.ts';
import { rows as pki } from './pki.ts';
import { rows as registration } from './registration.ts';
import { rows as requestheader } from './requestheader-flags.ts';
import type { Rows } from './row.ts';
import { rows as serving } from './serving.ts';
import { rows as several } from './several.ts';
import { rows as startup } from './startup.ts';
import { rows as trust } from './trust.ts';
import { rows as upgrade } from './upgrade.ts';
import { rows as way } from './way.ts';

export const rows: Rows = {
  ...cluster,
  ...flags,
  ...requestheader,
  ...files,
  ...dates,
  ...chain,
  ...pki,
  ...configMap,
  ...commandLine,
  ...startup,
  ...registration,
  ...openAPI,
  ...backend,
  ...extensionServers,
  ...effects,
  ...serving,
  ...way,
  ...several,
  ...upgrade,
  ...trust,
};
