/** The environment variables that aggctl reads: what `aggctl help environment`, the manual and docs/environment-variables.md say. */
import type { Help } from 'commander';

interface Variable {
  readonly names: readonly string[];
  readonly does: string;
}

export const environment: Readonly<Record<string, readonly Variable[]>> = {
  'Which cluster': [
    {
      names: ['KUBECONFIG'],
      does: 'kubeconfigs, separated by colons and merged as kubectl does; --kubeconfig overrides it (default: ~/.kube/config)',
    },
    { names: ['HOME'], does: 'home directory, which contains .kube/config' },
    {
      names: ['KUBERNETES_SERVICE_HOST'],
      does: "address of kube-apiserver for a Pod's ServiceAccount, if there is no kubeconfig; kubelet sets it in every Pod",
    },
    { names: ['KUBERNETES_SERVICE_PORT'], does: 'its port' },
  ],
  'How to reach it': [
    {
      names: ['HTTPS_PROXY', 'https_proxy'],
      does: "proxy to kube-apiserver and to the OIDC issuer; the kubeconfig's proxy-url overrides it for kube-apiserver",
    },
    {
      names: ['HTTP_PROXY', 'http_proxy'],
      does: 'proxy for plain HTTP, which aggctl does not support: it fails with a message unless NO_PROXY exempts the server',
    },
    { names: ['NO_PROXY', 'no_proxy'], does: 'hosts, domains, addresses and CIDRs that are reached without a proxy, separated by commas' },
    { names: ['SSL_CERT_FILE'], does: 'file of CAs to trust instead of those of the system, if the kubeconfig names none' },
    { names: ['PATH'], does: 'directories that contain credential plugins; a plugin gets the whole environment' },
  ],
  'Which problems are known': [{ names: ['SUDO_UID'], does: 'user who ran sudo: root also reads an .aggctl.yaml that this user owns' }],
  'How output looks': [
    { names: ['NO_COLOR'], does: 'if not empty, no color; --color overrides all variables' },
    { names: ['FORCE_COLOR'], does: 'color even without a terminal; 0 or false: no color' },
    { names: ['CLICOLOR_FORCE'], does: 'if not empty and not 0, color even without a terminal' },
    { names: ['TERM'], does: 'dumb: no color and no progress' },
    { names: ['COLUMNS'], does: 'width of text in a pipe or file (default: 80)' },
  ],
};

/** As the help lays out options; `width`: of the terminal. */
export function environmentHelp(help: Help, width = 80): string {
  help.prepareContext({ helpWidth: width });
  const term = ({ names }: Variable) => names.join(', ');
  const widest = Math.max(...Object.values(environment).flatMap((group) => group.map((each) => term(each).length)));
  const groups = Object.entries(environment).map(
    ([heading, variables]) =>
      `${heading}:\n${variables.map((each) => `${help.formatItem(term(each), widest, each.does, help)}\n`).join('')}`,
  );
  return `The environment variables that aggctl reads.\n\n${groups.join('\n')}`;
}
