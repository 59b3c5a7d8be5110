/** Whether a line of a log says something that a table of texts recognises. */
import { exitMessages } from './exit-messages.ts';
import { exits, exitText, undressed } from './exits.ts';
import { refusedWatchIn, rejectionIn } from './rejections.ts';

/** When an APIService's condition changed (kube-aggregator v0.37.2, remote_available_controller.go). */
export const changeOfAvailability = '"changing APIService availability"';
/** What the log of an API brings with `timestamps=true`. */
const stamp = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d) /;

export function tells(line: string): boolean {
  const bare = undressed(line).replace(stamp, '');
  return (
    bare.includes(changeOfAvailability) ||
    exitText(bare) !== null ||
    /"caller":"etcdmain\//.test(bare) ||
    [...exits, ...exitMessages].some(({ matches }) => matches.test(bare)) ||
    rejectionIn(bare) !== null ||
    refusedWatchIn(bare) !== null
  );
}
