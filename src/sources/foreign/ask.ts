/** Questions to kube-apiserver, answered from what a tree holds. Whatever it does not hold is not known: it is never absent. */
import type { Answer, AnyQuestion, Observed, Question, Unavailable } from '../../model.ts';
import { answerFrom, unavailable } from '../answer.ts';
import { bindingTable, isBindings } from './binding-table.ts';
import type { Collection } from './collection.ts';
import type { Reader } from './holding.ts';
import { logAnswer } from './log.ts';
import type { KubernetesObject } from './objects.ts';
import { isAskedFor, resourceNamed } from './resources.ts';
import { isNarrowed, selection } from './select.ts';
import { valuesIn } from './values.ts';

const missing: Unavailable = unavailable('excluded', 'not in this snapshot');

/** The status and body of an answer to a GET; `missing` where the tree does not hold it. */
async function apiAnswer(
  collection: Collection,
  reader: Reader,
  { method, path, accept = '', server, nth }: Question['api'],
): Promise<Observed<Body>> {
  // Of one server among several, or of one time among several, nothing is told apart.
  if (method !== 'GET' || server !== undefined || nth !== undefined) return missing;
  const [resource = '', query = ''] = path.split('?');
  if (resource === '/version') return versionAnswer(collection, reader);
  const answer = collection.holdings.find(({ holds }) => holds.is === 'answer' && holds.path === resource);
  if (answer) return documentOf(await collection.text(answer), answer.path);
  const wanted = requestOf(resource);
  if (!wanted) return missing;
  const asked = { ...wanted, query: new URLSearchParams(query) };
  if (wanted.resource === 'v1/pods' && wanted.subresource === 'log' && wanted.namespace && wanted.name)
    return (await logAnswer(collection, { namespace: wanted.namespace, pod: wanted.name, query: asked.query })) ?? missing;
  if (wanted.subresource !== undefined || !isAskedFor(wanted.resource)) return missing;
  return wanted.name === undefined ? listAnswer(collection, asked, accept) : objectAnswer(collection, { ...wanted, name: wanted.name });
}

type Body = { readonly status: number; readonly text: string };
const body = (value: unknown, status = 200): Observed<Body> => ({ ok: true, value: { status, text: `${JSON.stringify(value)}\n` } });

interface Request {
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: string;
}
const request = /^\/(?:api\/(v1)|apis\/([^/]+\/[^/]+))(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/;
function requestOf(path: string): Request | null {
  const [, core, group, namespace, resource, name, subresource] = request.exec(path) ?? [];
  if (resource === undefined) return null;
  return {
    resource: `${core ?? group}/${resource}`,
    ...(namespace !== undefined && { namespace: decodeURIComponent(namespace) }),
    ...(name !== undefined && { name: decodeURIComponent(name) }),
    ...(subresource !== undefined && { subresource }),
  };
}

async function objectAnswer(
  collection: Collection,
  { resource, namespace, name }: Request & { readonly name: string },
): Promise<Observed<Body>> {
  const { objects, isWhole, unread } = await collection.select(resource, namespace);
  const found = objects.find((one) => one.name === name);
  if (found) return body(found.value);
  if (!isWhole) return unread ?? missing;
  const message = `${resource.split('/').at(-1)} "${name}" not found`;
  return body({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason: 'NotFound', code: 404 }, 404);
}

/** A list of which only a part is held answers who asked for some of it, if there are any; else nobody. */
async function listAnswer(
  collection: Collection,
  { resource, namespace, query }: Request & { readonly query: URLSearchParams },
  accept: string,
): Promise<Observed<Body>> {
  const select = selection(query);
  if (!select) return missing;
  const { objects, isWhole, unread } = await collection.select(resource, namespace);
  const chosen = objects.filter(({ value }) => select(value));
  const mayBePart = isNarrowed(query) || resource === apiServices;
  if (!isWhole && !(mayBePart && chosen.length > 0)) return unread ?? missing;
  const limit = Number(query.get('limit') ?? 0);
  const values = chosen.slice(0, limit > 0 && limit < pageSize ? limit : chosen.length).map(({ value }: KubernetesObject) => value);
  const asTable = isBindings(resource) && accept.includes('as=Table');
  return body(asTable ? bindingTable(values) : { kind: 'List', apiVersion: 'v1', metadata: {}, items: values });
}
/** Which APIServices there are is what everything begins with: the report says that it knows only some. */
const apiServices = resourceNamed('apiregistration.k8s.io', 'apiservices');
/** Pages of this size come as one list from the live source, too. */
const pageSize = 500;

async function versionAnswer(collection: Collection, { version }: Reader): Promise<Observed<Body>> {
  for (const holding of collection.holdings.filter(({ holds }) => holds.is === 'version')) {
    const text = await collection.text(holding);
    const values = text.ok ? valuesIn(text.value) : [];
    const gitVersion = typeof values === 'string' ? undefined : version?.(values[0]);
    if (gitVersion) return body({ gitVersion });
  }
  return missing;
}

function documentOf(text: Observed<string>, path: string): Observed<Body> {
  if (!text.ok) return text;
  const values = valuesIn(text.value);
  return typeof values === 'string' ? unavailable('malformed', `\`${path}\` in the snapshot cannot be read: ${values}`) : body(values[0]);
}

/** The answer to any question, without secrets. */
export async function foreignAnswer(
  collection: Collection,
  reader: Reader,
  { question, captured }: { readonly question: AnyQuestion; readonly captured: string },
): Promise<Observed<unknown>> {
  if (question.kind === 'clock') return { ok: true, value: { time: captured } satisfies Answer['clock'] };
  if (question.kind === 'connection') return { ok: true, value: { context: '', server: '', from: reader.name } };
  if (question.kind !== 'api') return missing;
  const answer = await apiAnswer(collection, reader, question);
  return answer.ok ? answerFrom(question, answer.value, question.path, { captured, recorded: false }) : answer;
}
