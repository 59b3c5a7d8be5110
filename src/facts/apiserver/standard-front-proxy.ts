import type { FrontProxyFiles } from '../../distributions/distribution.ts';
import { distributionOf } from '../../distributions/index.ts';
import { caKeyBeside } from '../../distributions/openssl-front-proxy.ts';
import { clientCaOf, standardFilesOf } from '../../distributions/places.ts';
import type { Answer, CertificateFile, Flag, KeyFile, Observed } from '../../model.ts';
import { fact } from '../engine/declare.ts';
import { hostPathOf } from '../shared/read-manifest.ts';
import { apiserver } from './apiserver.ts';
import { flags } from './flags.ts';
import { certificateFile, keyFile } from './named-files.ts';
import { startedBy } from './node-files.ts';

/** What may be on the node beside the files that the front-proxy flags name. */
export interface StandardFrontProxy {
  /** Where the distribution keeps the files, and what is there; null: it has no such place. */
  readonly files: {
    readonly paths: FrontProxyFiles;
    /** The CA of users' certificates; null: not known. */
    readonly clientCaPath: string | null;
    readonly ca: Observed<CertificateFile | null>;
    readonly cert: Observed<CertificateFile | null>;
    readonly key: Observed<KeyFile | null>;
  } | null;
  /** Keys of CAs, by their paths. */
  readonly caKeys: Readonly<Record<string, Observed<Answer['key']>>>;
}

const named = ['proxy-client-cert-file', 'requestheader-client-ca-file', 'tls-cert-file'];

/** The distribution is told by this node alone, so that nothing waits for the API. */
export const standardFrontProxy = fact({
  name: 'standardFrontProxy',
  of: apiserver,
  internal: true,
  needs: { flags, startedBy },
  read: async ({ flags, startedBy: { mounts } }, ask, { node, kubeadm }): Promise<Observed<StandardFrontProxy>> => {
    const file = 'file' in flags.at ? flags.at.file : undefined;
    const certificates = named.flatMap((name) => flags.byName[name]?.value || []);
    const distribution = distributionOf({ kubeadm, file, origin: flags.origin, certificates });
    const paths = standardFilesOf(distribution);
    const as = (value: string): Flag => ({ name: 'front-proxy', value, list: [], at: flags.at });
    const readFiles = async (paths: FrontProxyFiles) => {
      const [ca, cert, key] = await Promise.all([
        certificateFile(ask, as(paths.ca), 'bundle', mounts, node),
        certificateFile(ask, as(paths.cert), 'chain', mounts, node),
        keyFile(ask, as(paths.key), mounts, node),
      ]);
      return { paths, clientCaPath: clientCaOf(distribution), ca, cert, key };
    };
    const readKey = async (path: string) => [path, await ask({ kind: 'key', path })] as const;
    const cas = [hostPathOf(flags.byName['requestheader-client-ca-file']?.value ?? '', mounts), paths?.ca];
    const keyPaths = new Set(cas.flatMap((ca) => (ca && caKeyBeside(ca)) || []));
    const [files, caKeys] = await Promise.all([paths && readFiles(paths), Promise.all([...keyPaths].map(readKey))]);
    return { ok: true, value: { files, caKeys: Object.fromEntries(caKeys) } };
  },
});
