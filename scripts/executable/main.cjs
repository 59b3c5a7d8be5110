/** The main script of the executable: what bin/aggctl.js is to the package. The modules are its assets. */
const { getAsset, getAssetKeys, getRawAsset } = require('node:sea');
const { setFlagsFromString } = require('node:v8');
const { loader } = require('./load.cjs');

// As in bin/aggctl.js.
setFlagsFromString('--heap-growing-percent=25');
// The name that it was called by; Node has the path of the executable here.
process.argv[1] = process.argv0;
const assets = new Set(getAssetKeys());
const codeCache = (name) => (assets.has(`code-cache/${name}`) ? new Uint8Array(getRawAsset(`code-cache/${name}`)) : undefined);
const { ended } = loader((name) => getAsset(`modules/${name}`, 'utf8'), codeCache)('./cli.js');

// Node exits with this status where an ES module awaits what never settles.
const unsettled = () => {
  process.exitCode = 13;
};
process.once('beforeExit', unsettled);
ended.finally(() => process.off('beforeExit', unsettled));
