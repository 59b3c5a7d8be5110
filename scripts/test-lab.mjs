/**
 * `test-lab.mjs [--all] [ARGUMENTS OF VITEST]`: runs the core tier of the lab, or all of it, and says what the other tier adds.
 * vitest runs in this process, so that whatever ends this one ends the lab.
 */
import { parseCLI, startVitest } from 'vitest/node';

const given = process.argv.slice(2);
const all = given.includes('--all');
process.env.AGGCTL_LAB_TIER = all ? 'all' : 'core';
console.log(`lab: ${all ? 'everything' : 'the core tier; `npm run test:lab -- --all` runs everything'}`);

const config = ['--config', 'test/lab/vitest.config.ts', ...(all ? [] : ['--tags-filter=!more'])];
const { filter, options } = parseCLI(['vitest', 'run', ...config, ...given.filter((argument) => argument !== '--all')]);
const vitest = await startVitest('test', filter, options);
const tests = vitest.state.getTestModules().flatMap((file) => [...file.children.allTests()]);
const more = tests.filter(({ tags }) => tags.includes('more')).length;
const core = tests.length - more;
console.log(
  all ? `lab: everything: ${core} tests of the core tier and ${more} more` : `lab: the core tier: ${core} tests; --all adds ${more}`,
);
await vitest.exit();
