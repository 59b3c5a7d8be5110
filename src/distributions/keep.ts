/** What a fix replaces is kept beside it, under a name that no second run overwrites. Pure. */
import type { Command } from '../model.ts';
import { sh } from '../sh.ts';

const stamp = sh`"$(date +%Y%m%d%H%M%S)"`;

/** Copies a file to `COPY.TIME`; by default beside itself. The command that replaces it hangs on this with `&&`. */
export const keep = (file: string, copy = file): Command => sh`cp -p ${file} ${copy}.${{ command: stamp }}`;
/** Moves a file to `COPY.TIME`. */
export const putAway = (file: string, copy: string): Command => sh`mv ${file} ${copy}.${{ command: stamp }}`;
/** Saves what a command prints to `FILE.TIME`. */
export const save = (command: Command, file: string): Command => sh`${{ command }} > ${file}.${{ command: stamp }}`;
