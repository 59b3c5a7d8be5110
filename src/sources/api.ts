/** Questions to the API server: what may be asked, pages, and what is kept of an answer. */
import type { ApiResponse } from '../cluster/answer.ts';
import type { Send } from '../cluster/request.ts';
import { SIZE_LIMIT } from '../cluster/request.ts';
import type { Answer, Observed, Question, Unavailable } from '../model.ts';
import { redactApi, redactText } from './redact.ts';

/** What POST may create: questions about oneself, which change nothing. */
const REVIEWS = /^\/apis\/(authorization|authentication)\.k8s\.io\/v\w+\/selfsubject(access|rules)?reviews$/;
/** More pages than any list of a healthy cluster has. */
const MAX_PAGES = 200;

/**
 * Answers an api question. A GET whose query holds `limit=500` is asked page by page, and its pages come back as one list; a list of one page is
 * given as it came. When a later page fails, its failure is the answer. Throws on a question that would change something, which is a bug in aggctl.
 */
export const askApi = async (send: Send, question: Question['api']): Promise<Observed<Answer['api']>> => {
  refuseWriting(question);
  const first = await send(question);
  const paged = question.method === 'GET' && new URLSearchParams(queryOf(question.path)).get('limit') === '500';
  const whole = paged && first.ok && first.value.status === 200 ? await withFurtherPages(send, question, first.value) : first;
  // The message may contain output of a credential plugin.
  return whole.ok ? { ok: true, value: keep(question.path, whole.value) } : { ...whole, message: redactText(whole.message) };
};

const refuseWriting = ({ method, path }: Question['api']): void => {
  if (!path.startsWith('/')) throw new Error(`not a path of the API: ${path}`);
  if (method !== 'GET' && !(method === 'POST' && REVIEWS.test(path)))
    throw new Error(`aggctl is read-only and does not send ${method} ${path}`);
};

interface List {
  readonly items: readonly unknown[];
  readonly metadata: { readonly continue?: string; readonly remainingItemCount?: number };
}

const withFurtherPages = async (send: Send, question: Question['api'], first: ApiResponse): Promise<Observed<ApiResponse>> => {
  const list = asList(first.text);
  if (!list?.metadata.continue) return { ok: true, value: first };
  const items = [...list.items];
  let { ms } = first;
  let size = first.text.length;
  let next: string | undefined = list.metadata.continue;
  for (let pages = 1; next; pages += 1) {
    if (pages >= MAX_PAGES || size > SIZE_LIMIT)
      return malformed(`\`${question.path}\` is too long to read: ${items.length} items, and more follow.`);
    const page = await send({ ...question, path: `${question.path}&continue=${encodeURIComponent(next)}` });
    if (!page.ok || page.value.status !== 200) return page;
    const further = asList(page.value.text);
    if (!further) return malformed(`A page of the list \`${question.path}\` is not a list: check what answers there.`);
    items.push(...further.items);
    ms += page.value.ms;
    size += page.value.text.length;
    next = further.metadata.continue;
  }
  const { continue: _, remainingItemCount: __, ...metadata } = list.metadata;
  return { ok: true, value: { ...first, text: JSON.stringify({ ...list, metadata, items }), ms } };
};

const asList = (text: string): List | null => {
  try {
    const list = JSON.parse(text) as Partial<List> | null;
    return list && Array.isArray(list.items) ? { ...list, items: list.items, metadata: list.metadata ?? {} } : null;
  } catch {
    return null;
  }
};

const queryOf = (path: string): string => path.split('?')[1] ?? '';

const HEADERS = ['date', 'content-type'] as const;
/** For a 429: each server that limited the request adds its flow schema. */
const LIMITED = [...HEADERS, 'x-kubernetes-pf-flowschema-uid'] as const;
const keep = (path: string, { status, headers, text, ms }: ApiResponse): Answer['api'] => {
  const kept = (status === 429 ? LIMITED : HEADERS).flatMap((name) =>
    typeof headers[name] === 'string' ? [[name, headers[name]] as const] : [],
  );
  return { status, headers: Object.fromEntries(kept), text: redactApi(path, shortened(path, text)), ms };
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

const malformed = (message: string): Unavailable => ({ ok: false, why: 'malformed', message });
