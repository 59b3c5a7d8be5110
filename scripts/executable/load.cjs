/** Runs CommonJS modules that are no files, each when it is first required. */
const { Script } = require('node:vm');

/** `read` gives a module's source, `cached` its code cache or undefined; `compiled` is told of each module's script. */
exports.loader = (read, cached, compiled = () => {}) => {
  const modules = new Map();
  return function load(path) {
    if (!path.startsWith('./')) return require(path);
    const name = path.slice(2);
    const known = modules.get(name);
    if (known) return known.exports;
    const module = { exports: {} };
    modules.set(name, module);
    const source = `(function (exports, require, module) {${read(name)}\n})`;
    const script = new Script(source, { filename: `aggctl/${name}`, cachedData: cached(name) });
    compiled(name, script);
    script.runInThisContext()(module.exports, load, module);
    return module.exports;
  };
};
