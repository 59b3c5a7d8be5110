#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';

// By default the memory grows with that of the machine before V8 collects. Of what a large cluster needs most is soon garbage.
setFlagsFromString('--heap-growing-percent=25');
const { ended } = await import('../dist/cli.js');
await ended;
