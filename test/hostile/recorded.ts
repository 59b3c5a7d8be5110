/** A recorded cluster behind HTTP: what a hostile answer takes the place of, or is made from. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Question } from '../../src/model.ts';
import { opened, scenarioOf } from '../support/scenarios.ts';

/** For `--at`: the recorded certificates are valid. */
export const recordedAt = '2026-11-24';

export interface Recorded {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** What a scenario answers to a request, at the address that is asked; what it does not hold does not exist. */
export async function recording(name: string): Promise<(request: IncomingMessage) => Promise<Recorded>> {
  const [path = ''] = scenarioOf(name).snapshots;
  const ask = await opened(path);
  return async (request) => {
    const { method = '', url = '', headers } = request;
    const body = method === 'POST' ? await text(request) : undefined;
    const accept = headers.accept === 'application/json' ? undefined : headers.accept;
    const question = { method, path: url, ...(body && { body }), ...(accept && { accept }) } as Omit<Question['api'], 'kind'>;
    const found = await ask({ kind: 'api', ...question });
    if (!found.ok) return missing;
    // The clock is that of this machine.
    const { date: _, ...kept } = found.value.headers;
    return { status: found.value.status, headers: kept, text: here(found.value.text, request) };
  };
}

const missing: Recorded = {
  status: 404,
  headers: { 'content-type': 'application/json' },
  text: '{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"not found","reason":"NotFound","code":404}\n',
};

/** The recorded kube-apiserver had another address. */
const here = (recorded: string, { socket }: IncomingMessage): string =>
  recorded.replaceAll('192.0.2.10', '127.0.0.1').replaceAll('"port":6443', `"port":${socket.localPort}`);

export const send = (response: ServerResponse, { status, headers, text }: Recorded): void =>
  void response.writeHead(status, headers).end(text);
