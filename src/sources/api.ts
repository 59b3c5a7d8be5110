/** Questions to the API server: what may be asked, pages, and what is kept of an answer. */
import type { ApiResponse } from '../cluster/answer.ts';
import type { Send } from '../cluster/request.ts';
import type { Answer, Observed, Question } from '../model.ts';
import { excessIn } from './answer.ts';
import { withFurtherPages } from './pages.ts';
import { redactApi, redactText, withoutSecrets } from './redact.ts';

/** What POST may create: questions about oneself, which change nothing. */
const REVIEWS = /^\/apis\/(authorization|authentication)\.k8s\.io\/v\w+\/selfsubject(access|rules)?reviews$/;
/**
 * Answers an api question. A GET whose query holds `limit=500` is asked page by page, and its pages come back as one list; a list of one page is
 * given as it came. `timeout` is that of one request, milliseconds, 0 for none. Throws on a question that would change something, which is a bug in aggctl.
 */
export const askApi = async (send: Send, question: Question['api'], timeout: number): Promise<Observed<Answer['api']>> => {
  refuseWriting(question);
  const page = async (asked: Question['api']): Promise<Observed<Answer['api']>> => {
    const answer = await send(asked);
    // The message may contain output of a credential plugin.
    return answer.ok ? keep(question.path, answer.value) : { ...answer, message: redactText(answer.message) };
  };
  const first = await page(question);
  const paged = question.method === 'GET' && new URLSearchParams(queryOf(question.path)).get('limit') === '500';
  return paged && first.ok && first.value.status === 200 ? withFurtherPages(page, question, first.value, timeout) : first;
};

const refuseWriting = ({ method, path }: Question['api']): void => {
  if (!path.startsWith('/')) throw new Error(`not a path of the API: ${path}`);
  if (method !== 'GET' && !(method === 'POST' && REVIEWS.test(path)))
    throw new Error(`aggctl is read-only and does not send ${method} ${path}`);
};

const queryOf = (path: string): string => path.split('?')[1] ?? '';

const HEADERS = ['date', 'content-type'] as const;
/** For a 429: each server that limited the request adds its flow schema. */
const LIMITED = [...HEADERS, 'x-kubernetes-pf-flowschema-uid'] as const;
const keep = (path: string, { status, headers, text, ms }: ApiResponse): Observed<Answer['api']> => {
  const excess = excessIn(text);
  if (excess) return { ok: false, why: 'malformed', message: `\`${path}\` answered with JSON ${excess}: check what answers there.` };
  const kept = (status === 429 ? LIMITED : HEADERS).flatMap((name) =>
    typeof headers[name] === 'string' ? [[name, headers[name]] as const] : [],
  );
  const clean = withoutSecrets(`The answer to \`${path}\``, () => redactApi(path, shortened(path, text)));
  return clean.ok ? { ok: true, value: { status, headers: Object.fromEntries(kept), text: clean.value, ms } } : clean;
};
/** Keeps the few lines that matter of answers with megabytes. */
function shortened(path: string, text: string): string {
  if (path === '/metrics') return ofAggregation(text);
  // Enough to see whether this is an OpenAPI document.
  return path.startsWith('/openapi/v3/') ? text.slice(0, 300) : text;
}
/** The metrics about APIServices, and the start time since which they count. */
const ofAggregation = (metrics: string): string =>
  (metrics.match(/^(?:aggregator_unavailable_apiservice|process_start_time_seconds).*$/gm) ?? []).join('\n');
