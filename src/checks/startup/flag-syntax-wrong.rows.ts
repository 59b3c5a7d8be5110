import { at, words } from '../../../test/checks/command-line.ts';
import type { Row } from '../../../test/checks/row.ts';

const stopped = 'kube-apiserver cannot start: ';

export const rows: readonly Row[] = [
  ["kubeadm's own words", {}, 'passed'],
  ['a value as the next item', words(['--requestheader-client-ca-file', '/x']), 'passed'],
  ['underscores are dashes', words(['--enable_aggregator_routing=true']), 'passed'],
  ['a switch without a value', words(['--enable-aggregator-routing']), 'passed'],
  ['verbosity by its letter', words(['-v', '4', '-v=2', '-v3']), 'passed'],
  ['an unknown flag is another check', words(['--nonsense=1']), 'passed'],
  [
    'flag and value in one item',
    words(['--client-ca-file /etc/ca.crt']),
    [{ says: `${stopped}it cannot parse \`--client-ca-file /etc/ca.crt\``, at, command: 'Write --client-ca-file=/etc/ca.crt' }],
  ],
  ['a space after the name', words(['--client-ca-file ', '/x']), [{ command: 'without the space' }]],
  [
    'a switch with a separate value',
    words(['--enable-aggregator-routing', 'true']),
    [{ evidence: '"kube-apiserver" does not take any arguments, got ["true"]', command: 'with a =' }],
  ],
  ['yes is no boolean', words(['--enable-aggregator-routing=yes']), [{ evidence: 'strconv.ParseBool: parsing "yes": invalid syntax' }]],
  ['one dash', words(['-client-ca-file=/x']), [{ evidence: "unknown shorthand flag: 'c' in -client-ca-file=/x" }]],
  ['an en dash', words(['–client-ca-file=/x']), [{ command: 'Write --client-ca-file=/x with two plain dashes' }]],
  ['capitals', words(['--Client-CA-File=/x']), [{ evidence: 'unknown flag: --Client-CA-File', command: 'Write --client-ca-file=/x' }]],
  ['no value at the end', words(['--client-ca-file']), [{ evidence: 'flag needs an argument: --client-ca-file' }]],
  ['what follows two dashes', words(['--', 'a']), [{ evidence: 'got ["a"]' }]],
  [
    'a list in the form of JSON',
    words(['--requestheader-allowed-names=["front-proxy-client"]']),
    [
      {
        evidence: 'parse error on line 1, column 2: bare " in non-quoted-field',
        command: 'Write --requestheader-allowed-names=front-proxy-client',
      },
    ],
  ],
  ['a list with quotes that CSV takes', words(['--requestheader-allowed-names="a","b"']), 'passed'],
  ['the same in a flag that is no list', words(['--client-ca-file=["x"]']), 'passed'],
  ['three dashes', words(['---x']), [{ evidence: 'bad flag syntax: ---x' }]],
];
