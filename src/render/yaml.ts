/** Results as YAML: the same data as JSON. The only file that writes YAML. */
import { Document, isScalar, visit } from 'yaml';
import type { Manifests } from '../model.ts';
import { dataOf, type Result } from './json.ts';
import { leftRaw } from './sanitize.ts';

/**
 * One document. Strings that YAML 1.1 readers (kubectl, PyYAML) would take for booleans or numbers are quoted, lines are not folded, and
 * what a terminal would obey or hide is escaped.
 */
export const renderYaml = (result: Result): string => ('objects' in result ? renderManifests(result) : yamlOf(dataOf(result)));

/** A document for each object. */
export const renderManifests = ({ objects }: Manifests): string => objects.map(yamlOf).join('---\n');

function yamlOf(data: object): string {
  const document = new Document(data, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  visit(document, {
    Scalar: (_, node) => {
      if (isScalar(node) && typeof node.value === 'string' && node.value.search(leftRaw) >= 0) node.type = 'QUOTE_DOUBLE';
    },
  });
  return document.toString({ lineWidth: 0 }).replace(leftRaw, (one) => `\\U${(one.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`);
}
