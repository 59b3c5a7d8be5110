/** Places and subjects as text. */
import type { Place, Subject } from '../../model.ts';

/** `path:line on NODE`, `OBJECT, FIELD`, or the probe itself. A path and its line stay together, so that editors and terminals can open them. */
export function placeText(place: Place): string {
  if ('file' in place) return `${place.file}${place.line === undefined ? '' : `:${place.line}`}${place.node ? ` on ${place.node}` : ''}`;
  if ('object' in place) return place.field ? `${place.object}, ${place.field}` : place.object;
  return place.probe;
}

/** An id with its subject, which is left out for the cluster. */
export const judged = ({ id, subject }: { readonly id: string; readonly subject: Subject }): string =>
  subject.name === '' ? id : `${id} (${subject.name})`;
