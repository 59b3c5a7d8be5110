/** Whether a line of a log says something that a table of texts recognises. */
import { dependencyIn } from './dependencies.ts';
import { exitMessages } from './exit-messages.ts';
import { exits, exitText } from './exits.ts';
import { saidIn } from './log-records.ts';
import { refusedWatchIn, rejectionIn } from './rejections.ts';
import { scrapeErrorsIn } from './scrapes.ts';

/** When an APIService's condition changed (kube-aggregator v0.37.2, remote_available_controller.go). */
export const changeOfAvailability = '"changing APIService availability"';
/** Lines count whatever their times are. */
const anyTime = new Date(0);
export function tells(line: string): boolean {
  const bare = saidIn(line);
  return (
    line.includes(changeOfAvailability) ||
    exitText(line) !== null ||
    /"caller":"etcdmain\//.test(line) ||
    [...exits, ...exitMessages].some(({ matches }) => matches.test(bare)) ||
    rejectionIn(line) !== null ||
    refusedWatchIn(line) !== null ||
    dependencyIn(line) !== null ||
    scrapeErrorsIn(line, anyTime).length > 0
  );
}
