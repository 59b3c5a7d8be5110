/** The API of a recorded cluster, over HTTP. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import type { ApiPath, Question } from '../../src/model.ts';
import { opened } from './scenarios.ts';

/** Listens on the loopback interface until the test ends. Gives the port. */
export async function listening(server: Server): Promise<number> {
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Answers what was recorded, and 404 to anything else. Gives the port. */
export async function replayed(recording: string): Promise<number> {
  const ask = await opened(recording);
  const server = createServer(async (request, response) => {
    const answer = await ask({ kind: 'api', ...(await questionOf(request)) });
    if (!answer.ok) return response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
    const { date: _, ...headers } = answer.value.headers;
    response.writeHead(answer.value.status, headers).end(answer.value.text);
  });
  return listening(server);
}

async function questionOf(request: IncomingMessage): Promise<Omit<Question['api'], 'kind'>> {
  const { method, url = '', headers } = request;
  const { accept } = headers;
  const body = await text(request);
  return {
    method: method === 'POST' ? 'POST' : 'GET',
    path: url as ApiPath,
    ...(accept && accept !== 'application/json' && { accept }),
    ...(body && { body }),
  };
}
