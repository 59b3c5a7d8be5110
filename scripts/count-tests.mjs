/** `count-tests.mjs REPORT STATUS`: prints `PASSED FAILED` of vitest's JSON report, and one failure when only the exit status tells of it. */
import { existsSync, readFileSync } from 'node:fs';

const [path, status] = process.argv.slice(2);
const files = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).testResults : [];
const count = (is) => files.flatMap((file) => file.assertionResults).filter((test) => test.status === is).length;
// A file that cannot be loaded, or whose hooks fail, has no failed test.
const broken = files.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')).length;
const failed = count('failed') + broken;
console.log(count('passed'), status === '0' ? failed : Math.max(failed, 1));
