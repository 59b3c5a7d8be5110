import { given, words } from '../../../test/checks/command-line.ts';
import type { Row } from '../../../test/checks/row.ts';
import { flags, healthy } from '../../../test/support/facts.ts';
import { readCommandLine } from '../../facts/apiserver/read-command-line.ts';

export const rows: readonly Row[] = [
  ['each once', {}, 'passed'],
  ['twice the same', given({ 'client-ca-file': healthy.flags.byName['client-ca-file']?.value ?? '' }), 'passed'],
  ['a flag that is not of the aggregation layer', words(['--v=1', '--v=2']), 'passed'],
  [
    'another CA last',
    given({ 'client-ca-file': '/x' }),
    [{ says: 'kube-apiserver uses only the last of 2 values of `--client-ca-file`: `/x`' }],
  ],
  [
    'an additional name',
    { ...words(['--requestheader-allowed-names=a']), ...flags({ 'requestheader-allowed-names': 'front-proxy-client,a' }) },
    [{ says: 'its values combine to `front-proxy-client,a`', severity: 'info' }],
  ],
  [
    "OpenShift's configuration, whose lists are lists",
    { ...words(['--requestheader-allowed-names=a']), flags: { ...healthy.flags, origin: 'OpenShift configuration' } },
    'inapplicable',
  ],
  [
    'a name added to those that k3s sets by itself',
    {
      commandLine: readCommandLine({
        words: [
          { text: '--requestheader-allowed-names=system:auth-proxy', at: { probe: "k3s's own defaults" } },
          { text: '--requestheader-allowed-names=a', at: { file: '/etc/rancher/k3s/config.yaml' } },
        ],
        environment: {},
        image: '',
      }),
    },
    'passed',
  ],
];
