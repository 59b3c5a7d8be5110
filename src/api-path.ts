/** Paths of requests to kube-apiserver: whatever the values are, none of them changes what is asked for. Pure. */
import type { ApiPath } from './model.ts';

/** What stands in a path: one segment, or one value of the query; several segments; or, at its start, a path that `apiPath` made. */
type Value = string | number | readonly string[] | { readonly path: ApiPath };

/**
 * A path from a template: apiPath`/api/v1/namespaces/${namespace}/pods/${name}/log?container=${container}`. Each value before the `?` is a
 * whole segment, or a list of segments.
 *
 * Throws an Error if a value is only a part of a segment.
 */
export function apiPath(texts: TemplateStringsArray, ...values: readonly Value[]): ApiPath {
  let path = texts[0] ?? '';
  for (const [index, value] of values.entries()) {
    const next = texts[index + 1] ?? '';
    if (path.includes('?')) path += encode(String(value));
    else {
      const whole = typeof value === 'object' && 'path' in value ? path === '' : path.endsWith('/');
      if (!whole || !/^(?:[/?&]|$)/.test(next))
        throw new Error(`apiPath: a value is only a part of a segment, between ${path} and ${next}`);
      path += typeof value === 'object' && 'path' in value ? value.path : [value].flat().map(segment).join('/');
    }
    path += next;
  }
  return path as ApiPath;
}

/**
 * What Kubernetes accepts as the name of nothing (IsPathSegmentName of k8s.io/apimachinery, pkg/api/validate/content/path.go, v0.37.2) stays
 * one segment that names nothing. To encode it once is not enough: URL parsers resolve `%2e%2e`, too, and kube-apiserver splits the path
 * after it has decoded `%2F`.
 */
const segment = (value: string | number): string => encode(isName(String(value)) ? String(value) : `%${encode(String(value))}`);
const isName = (text: string): boolean => text !== '' && text !== '.' && text !== '..' && !/[/%]/.test(text);

/** Half of a surrogate pair has no encoding. */
const encode = (text: string): string => encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));
