import { apiPath } from '../../api-path.ts';
import { anything, type Decoded, map as mapOf, object, parseJson, string } from '../../decode.ts';
import type { AuthenticationConfigMap, Certificate } from '../../model.ts';
import { readBundle } from '../../x509/bundle.ts';
import { fact } from '../engine/declare.ts';
import { get, metadata, named } from '../shared/kubernetes.ts';
import { map } from '../shared/observed.ts';

/** What extension servers trust; null: it does not exist. */
export const authConfigMap = fact({
  name: 'authConfigMap',
  read: async (_, ask) => map(await get(ask, authConfigMapPath, configMapObject), (object) => object && readAuthConfigMap(object)),
});

const authConfigMapPath = apiPath`/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication`;

export const configMapObject = named(object({ metadata: object(metadata), data: mapOf(string) }));
type ConfigMap = Decoded<typeof configMapObject>;

/** Parses its keys as k8s.io/apiserver/pkg/authentication/request/headerrequest/requestheader_controller.go (v1.37) does. */
export function readAuthConfigMap({ data = {}, metadata }: ConfigMap): AuthenticationConfigMap {
  const malformed: { key: string; reason: string }[] = [];
  const bundle = (key: string): readonly Certificate[] | null => {
    const text = data[key];
    if (text === undefined) return null;
    if (text === '') return [];
    const read = readBundle(text);
    if (read.fault) malformed.push({ key, reason: read.fault });
    return read.certificates;
  };
  const names = (key: string): readonly string[] | null => {
    const text = data[key];
    if (text === undefined) return null;
    if (text === '') return [];
    const value = parseJson(text);
    if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
    malformed.push({ key, reason: value === undefined ? 'it is not JSON' : 'it is not a JSON list of strings' });
    return null;
  };
  return {
    requestheaderCa: bundle('requestheader-client-ca-file'),
    clientCa: bundle('client-ca-file'),
    allowedNames: names('requestheader-allowed-names'),
    usernameHeaders: names('requestheader-username-headers'),
    groupHeaders: names('requestheader-group-headers'),
    extraHeadersPrefix: names('requestheader-extra-headers-prefix'),
    malformed,
    writers: writersOf(metadata),
  };
}

/** Of each key under `data`, the field manager that wrote it last. */
function writersOf(metadata: ConfigMap['metadata']): AuthenticationConfigMap['writers'] {
  const written = (metadata?.managedFields ?? []).flatMap(({ manager, time, fieldsV1 }) => {
    const at = new Date(time ?? '');
    const fields = Object.keys(mapOf(anything)(fieldsV1?.['f:data']) ?? {});
    return manager && !Number.isNaN(at.getTime())
      ? fields.flatMap((field) => (field.startsWith('f:') ? [[field.slice(2), { manager, at }] as const] : []))
      : [];
  });
  return Object.fromEntries(written.sort(([, a], [, b]) => a.at.getTime() - b.at.getTime()));
}
