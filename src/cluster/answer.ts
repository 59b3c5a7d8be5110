/** What an API server answers to one request. */
import type { IncomingHttpHeaders } from 'node:http';

export interface ApiResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Milliseconds from the start of the request to the end of the answer. */
  readonly ms: number;
}
