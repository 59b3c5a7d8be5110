/** Places and subjects in words. */
import type { Place, Subject } from '../../model.ts';

/** `path:line on NODE`, `OBJECT, FIELD`, or the probe itself. A path and its line stay one word, which editors and terminals open. */
export function placeText(place: Place): string {
  if ('file' in place) return `${place.file}${place.line === undefined ? '' : `:${place.line}`}${place.node ? ` on ${place.node}` : ''}`;
  if ('object' in place) return place.field ? `${place.object}, ${place.field}` : place.object;
  return place.probe;
}

/** An id with the subject it was judged on; the cluster goes without saying. */
export const judged = ({ id, subject }: { readonly id: string; readonly subject: Subject }): string =>
  subject.name === '' ? id : `${id} (${subject.name})`;
