/** kube-apiserver in a container of Docker's, as RKE starts it: by Docker's own record of it, or else by what RKE sets by itself. */
import { list, object, parseJson, string } from '../../../decode.ts';
import { containers, defaultFlags, folder } from '../../../distributions/rke1.ts';
import type { Ask } from '../../../model.ts';
import { program } from '../read-manifest.ts';
import { builtIn } from './built-in.ts';
import { type At, onNode, type Reader, readNames, readText } from './reader.ts';

export const containerRecord = object({ Name: string, Args: list(string), Config: object({ Image: string }) });
/** The name that RKE gives it. */
export const containerName = '/kube-apiserver';
/** So many containers are looked at. */
const most = 200;

export const rke: Reader = async (ask, where) => {
  const [at, files] = await Promise.all([where, ask({ kind: 'dir', path: folder })]);
  if (!files.ok) return files.why === 'denied' ? files : { ok: true, value: null };
  const isRke =
    files.value.is === 'directory' &&
    files.value.entries.some((name) => /^kube-apiserver-(?:proxy-client|requestheader-ca)\.pem$/.test(name));
  if (!isRke) return { ok: true, value: null };
  return { ok: true, value: (await inDocker(ask, at)) ?? builtIn('RKE container', { own: defaultFlags, inside: "RKE's own defaults" }) };
};

async function inDocker(ask: Ask, at: At) {
  const ids = (await readNames(ask, containers)).slice(0, most);
  const found = await Promise.all(
    ids.map(async (id) => {
      const path = `${containers}/${id}/config.v2.json`;
      const text = await readText(ask, path);
      const record = text.ok && text.value !== null ? containerRecord(parseJson(text.value)) : undefined;
      const start = (record?.Args ?? []).findIndex((word) => program.test(word));
      if (record?.Name !== containerName || start < 0) return [];
      const words = (record.Args ?? []).slice(start + 1).map((text) => ({ text, at: at(path) }));
      return [{ ...onNode, origin: 'RKE container' as const, at: at(path), arguments: words, image: record.Config?.Image ?? '' }];
    }),
  );
  return found.flat()[0];
}
