/** The rows of all checks, as they lie along the way of a request. */
import { rows as cluster } from './cluster.ts';
import { rows as extensionServers } from './extension-servers.ts';
import { rows as flags } from './flags.ts';
import { rows as frontProxy } from './front-proxy.ts';
import type { Rows } from './row.ts';
import { rows as several } from './several.ts';

export const rows: Rows = { ...cluster, ...flags, ...frontProxy, ...extensionServers, ...several };
