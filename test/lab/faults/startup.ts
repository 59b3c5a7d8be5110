/** Faults of kube-apiserver's command line that keep it from starting. */
import { dirname } from 'node:path';
import type { ControlPlane } from '../control-plane.ts';
import { dies, type Fault, pki } from './fault.ts';

const exits = 'kube-apiserver-exits';
const logFolder = 'var/log/pods';

/** kube-apiserver exits, says this, and leaves its log where kubelet would keep it. */
async function diesAndLogs(cp: ControlPlane, text: string): Promise<void> {
  await dies(cp, text);
  const path = `${logFolder}/kube-system_kube-apiserver-${cp.name}_0123456789abcdef0123456789abcdef/kube-apiserver/3.log`;
  await cp.run(['mkdir', '-p', dirname(cp.path(path))]);
  const lines = (await cp.apiserverLog()).map((line) => `${new Date().toISOString().replace('Z', '000000Z')} stderr F ${line}\n`);
  await cp.write(path, lines.join(''));
}
const removeLog = async ({ cp }: { cp: ControlPlane }) => void (await cp.run(['rm', '-rf', cp.path(logFolder)]));

export type Args = string[];
interface Fatal {
  readonly name: string;
  /** Ids of what explains that it exits; none: nothing does. */
  readonly causes: readonly string[];
  readonly says: string;
  readonly edit: (args: Args) => Args;
  readonly files?: Readonly<Record<string, string>>;
  readonly everywhere?: boolean;
}
const fatal = ({ name, causes, says, edit, files = {}, everywhere = false }: Fatal): Fault => ({
  name,
  finds: [...causes, exits],
  status: 1,
  everywhere,
  async inject({ cp }) {
    for (const [path, text] of Object.entries(files)) await cp.write(path, text);
    await cp.manifest.edit(edit);
    await diesAndLogs(cp, says);
  },
  undo: removeLog,
});
export const add =
  (...flags: readonly string[]) =>
  (args: Args) => [...args, ...flags];
export const replace = (pattern: RegExp, by: string) => (args: Args) => args.map((arg) => arg.replace(pattern, by));
export const names = (value: string) => replace(/^(--requestheader-allowed-names=).*/, `$1${value}`);

const fatalities: readonly Fatal[] = [
  {
    name: 'flag-and-value-in-one-item',
    causes: ['flag-syntax-wrong'],
    says: 'Error: unknown flag: --requestheader-client-ca-file /etc/kubernetes/pki/front-proxy-ca.crt',
    edit: replace(/^(--requestheader-client-ca-file)=/, '$1 '),
    everywhere: true,
  },
  {
    name: 'switch-with-separate-value',
    causes: ['flag-syntax-wrong'],
    says: 'Error: "kube-apiserver" does not take any arguments, got ["true"]',
    edit: add('--enable-aggregator-routing', 'true'),
  },
  {
    name: 'switch-with-yes',
    causes: ['flag-syntax-wrong'],
    says: 'Error: invalid argument "yes" for "--enable-aggregator-routing" flag: strconv.ParseBool: parsing "yes": invalid syntax',
    edit: add('--enable-aggregator-routing=yes'),
  },
  {
    name: 'single-dash',
    causes: ['flag-syntax-wrong'],
    says: "Error: unknown shorthand flag: 'p' in -proxy-client-key-file=",
    edit: replace(/^--(proxy-client-key-file=)/, '-$1'),
  },
  {
    name: 'en-dash',
    causes: ['flag-syntax-wrong'],
    says: 'Error: "kube-apiserver" does not take any arguments, got ["–requestheader-group-headers=X-Remote-Group"]',
    edit: replace(/^--(requestheader-group-headers=)/, '–$1'),
    everywhere: true,
  },
  {
    name: 'flag-in-capitals',
    causes: ['flag-syntax-wrong'],
    says: 'Error: unknown flag: --Requestheader-Username-Headers',
    edit: replace(/^--requestheader-username-headers=/, '--Requestheader-Username-Headers='),
  },
  {
    name: 'flag-misspelt',
    causes: ['flag-unknown'],
    says: 'Error: unknown flag: --requestheader-extra-headers-prefixes',
    edit: replace(/^(--requestheader-extra-headers-prefix)=/, '$1es='),
    everywhere: true,
  },
  {
    name: 'flag-removed',
    causes: ['flag-unknown'],
    says: 'Error: unknown flag: --insecure-port',
    edit: add('--insecure-port=0'),
    everywhere: true,
  },
  {
    name: 'path-in-quotes',
    causes: ['file-path-wrong'],
    says: '/etc/kubernetes/pki/front-proxy-client.crt\\": no such file or directory',
    edit: replace(/^(--proxy-client-cert-file=)(.*)/, '$1"$2"'),
  },
  {
    name: 'path-with-blank',
    causes: ['file-path-wrong'],
    says: 'open /etc/kubernetes/pki/front-proxy-ca.crt : no such file or directory',
    edit: replace(/^(--requestheader-client-ca-file=.*)/, '$1 '),
  },
  {
    name: 'allowed-names-two-quotes',
    causes: ['requestheader-value-empty'],
    says: 'empty value in \\"requestheader-allowed-names\\"',
    edit: names('""'),
    everywhere: true,
  },
  {
    name: 'allowed-names-comma-at-the-end',
    causes: ['requestheader-value-empty'],
    says: 'empty value in \\"requestheader-allowed-names\\"',
    edit: names('front-proxy-client,'),
  },
  {
    name: 'uid-headers-nonstandard',
    causes: ['uid-headers-not-accepted'],
    says: '--requestheader-uid-headers is set without specifying the standard X-Remote-Uid header - API aggregation will not work',
    edit: add('--requestheader-uid-headers=X-My-Uid'),
    everywhere: true,
  },
  {
    name: 'uid-headers-without-gate',
    causes: ['uid-headers-not-accepted'],
    says: '--requestheader-uid-headers requires the \\"RemoteRequestHeaderUID\\" feature to be enabled',
    edit: add('--requestheader-uid-headers=X-Remote-Uid', '--feature-gates=RemoteRequestHeaderUID=false'),
    everywhere: true,
  },
  {
    name: 'anonymous-auth-twice',
    causes: ['anonymous-auth-not-accepted'],
    says: '--anonymous-auth flag cannot be set when anonymous field is configured in authentication configuration file',
    edit: add('--anonymous-auth=false', '--authentication-config=/etc/kubernetes/pki/authentication.yaml'),
    files: {
      [`${pki}/authentication.yaml`]:
        'apiVersion: apiserver.config.k8s.io/v1beta1\nkind: AuthenticationConfiguration\nanonymous: {enabled: false}\n',
    },
    everywhere: true,
  },
  {
    name: 'egress-selector-absent',
    causes: ['egress-selector-unusable'],
    says: 'failed to read egress selector config',
    edit: add('--egress-selector-config-file=/etc/kubernetes/pki/egress.yaml'),
  },
  {
    name: 'egress-selection-unknown',
    causes: ['egress-selector-unusable'],
    says: 'failed to validate egress selector configuration',
    edit: add('--egress-selector-config-file=/etc/kubernetes/pki/egress.yaml'),
    files: {
      [`${pki}/egress.yaml`]:
        'apiVersion: apiserver.k8s.io/v1beta1\nkind: EgressSelectorConfiguration\negressSelections:\n- name: clusters\n  connection: {proxyProtocol: Direct}\n',
    },
    everywhere: true,
  },
  {
    name: 'apiregistration-disabled',
    causes: ['apiregistration-not-enabled'],
    says: 'API group/version apiregistration.k8s.io/v1 must be enabled',
    edit: add('--runtime-config=apiregistration.k8s.io/v1=false'),
    everywhere: true,
  },
  {
    name: 'peer-proxy-without-gate',
    causes: ['peer-proxy-unusable'],
    says: '--peer-ca-file requires UnknownVersionInteroperabilityProxy feature to be turned on',
    edit: add('--peer-ca-file=/etc/kubernetes/pki/ca.crt', '--feature-gates=UnknownVersionInteroperabilityProxy=false'),
    everywhere: true,
  },
  {
    name: 'peer-proxy-without-pair',
    causes: ['proxy-client-pair-missing', 'peer-proxy-unusable'],
    says: 'proxy-cert-file not specified',
    edit: (args) => [...args.filter((arg) => !arg.startsWith('--proxy-client-')), '--peer-ca-file=/etc/kubernetes/pki/ca.crt'],
  },
  {
    name: 'exit-for-another-reason',
    causes: [],
    says: 'is not a valid cidr',
    edit: replace(/^(--service-cluster-ip-range=).*/, '$1nonsense'),
    everywhere: true,
  },
];

export const startupFaults: readonly Fault[] = fatalities.map(fatal);
