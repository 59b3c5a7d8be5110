/** The names that people use for APIServices. Pure. */

/** `apiservice/…`, as kubectl prints and accepts it. */
const prefix = /^apiservices?(?:\.(?:v1\.)?apiregistration\.k8s\.io)?\//i;

/** The name of the object: `v1beta1.metrics.k8s.io` is also `metrics.k8s.io/v1beta1` and `apiservice/v1beta1.metrics.k8s.io`. */
export function apiServiceName(text: string): string {
  const bare = text.replace(prefix, '');
  const [, group, version] = /^([^/]+)\/(v\d\w*)$/.exec(bare) ?? [];
  return group ? `${version}.${group}` : bare;
}
