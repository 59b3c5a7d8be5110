import { defineCheck } from '../../check.ts';
import { fixFrontProxy } from '../../distributions/fix-front-proxy.ts';
import { copyCaFromNode } from '../../distributions/fixes.ts';
import type { CertificateFile, Fix, FrontProxyRemedy, KeyFile } from '../../model.ts';

export default defineCheck({
  id: 'front-proxy-file-absent',
  title: 'the files named in the front-proxy flags exist',
  severity: 'error',
  modes: ['F03', 'F08'],
  scope: 'apiserver',
  needs: ['proxyClientCert', 'proxyClientKey', 'requestheaderCa'],
  wants: ['distribution', 'frontProxyRemedy'],
  after: ['file-path-wrong'],
  causes: { signatures: ['exits-by-absent-file'] },
  explain: {
    looksAt:
      "whether the files in `--proxy-client-cert-file`, `--proxy-client-key-file` and `--requestheader-client-ca-file` exist on the node, with the container's mounts applied",
    why: 'kube-apiserver exits if one of them is missing at its start; a running one uses what it has read until its next restart.',
    kubernetes: 'kube-apiserver exits: `open PATH: no such file or directory`.',
    repair: 'Restore the file, or set the right path in the flag.',
    mirrors: 'k8s.io/apiserver, pkg/server/dynamiccertificates/dynamic_serving_content.go, v0.37.2',
  },
  run({ proxyClientCert, proxyClientKey, requestheaderCa, distribution, frontProxyRemedy }) {
    const files = [proxyClientCert, proxyClientKey, requestheaderCa].filter((file) => file !== null);
    if (files.length === 0) return null;
    return files
      .filter((file) => file.is === 'absent')
      .map((file) => ({
        message: `kube-apiserver cannot start: \`${file.hostPath}\`, named in \`--${file.flag.name}\`, does not exist.`,
        at: file.flag.at,
        evidence: [`kube-apiserver exits with \`open ${file.path}: no such file or directory\`; a running one exits at its next restart`],
        fix: fixOf(file, frontProxyRemedy, distribution),
      }));
  },
});

/** A pair is made again where it belongs; what else a path was meant to be, nobody can tell. */
function fixOf(
  { flag, hostPath }: CertificateFile | KeyFile,
  remedy: FrontProxyRemedy | undefined,
  distribution: string | null | undefined,
): Fix {
  const byHand = { text: `Restore the file, or set the right path in \`--${flag.name}\`.` };
  const isCa = flag.name === 'requestheader-client-ca-file';
  const remakes = isCa ? remedy?.set[flag.name] !== undefined : remedy && belongs(remedy);
  const remade = remakes ? fixFrontProxy(remedy, distribution) : undefined;
  if (remade?.commands) return remade;
  const copy = isCa ? copyCaFromNode(distribution, String(hostPath)) : null;
  if (!copy) return byHand;
  return {
    text: 'Copy the front-proxy CA from a backup or from another control-plane node (replace OTHER-NODE with its address). A new CA would invalidate every front-proxy client certificate:',
    commands: [copy],
  };
}

/** A sound pair is elsewhere, or a new one goes to the place that the flags name. */
const belongs = ({ issue }: FrontProxyRemedy): boolean => issue === null || Object.keys(issue.set).length === 0;
