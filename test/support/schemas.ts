/** The JSON schemas that ship with aggctl. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { checkout } from './scenarios.ts';

const folder = join(checkout, 'schema');
export const schemas: Readonly<Record<string, object>> = Object.fromEntries(
  readdirSync(folder).map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8'))]),
);

/** As published a schema lets future fields pass; here a field that it does not name is an error. */
const closed = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(closed);
  if (node === null || typeof node !== 'object') return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  return 'properties' in copy ? { ...copy, additionalProperties: false } : copy;
};
const loaded = (of: (schema: object) => object) =>
  new Ajv2020({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true, schemas: Object.values(schemas).map(of) });
const open = loaded((schema) => schema);
const strict = loaded((schema) => closed(schema) as object);

/** What a document of this kind is; of a line of `-o jsonl` the events. */
export const schemaOf: Readonly<Record<string, string>> = {
  Report: 'report',
  ClusterReports: 'cluster-reports',
  SampleRun: 'sample-run',
  SnapshotQuestions: 'snapshot',
  SnapshotAnswer: 'snapshot',
  Certificates: 'certificates',
  Flags: 'flags',
  Checks: 'checks',
  Explanation: 'explanation',
  Meaning: 'explanation',
  APIServices: 'api-services',
  Differences: 'differences',
  Versions: 'versions',
  List: 'manifests',
};
/** What is wrong with a document or a line by the schema of its kind: [] where nothing is. `future`: as published, so that unknown fields pass. */
export function faultsOf(document: unknown, { future = false } = {}): readonly unknown[] {
  const { kind } = document as { readonly kind: string };
  const validate = (future ? open : strict).getSchema(`urn:aggctl:${schemaOf[kind] ?? 'events'}:1`);
  if (!validate) throw new Error(`there is no schema of ${kind}`);
  validate(document);
  return validate.errors ?? [];
}
