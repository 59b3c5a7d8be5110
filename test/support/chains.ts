/** Random certificate chains from a seed, sound and broken in every way that matters to Go's judgement, mostly in one or two ways at once. */
import {
  type Attribute,
  distinguishedName,
  dnsName,
  extension,
  type Issued,
  issue,
  type KeyKind,
  keyPair,
  network,
  type Recipe,
} from './pki.ts';

export interface Chain {
  /** PEM, leaf first. */
  readonly chain: string;
  readonly roots: string;
  readonly at: string;
  readonly usage: 'clientAuth' | 'serverAuth';
  /** Of a server's. */
  readonly host?: string;
}

/** Numbers from 0 to below 1 that depend on the seed alone (mulberry32). */
const numbers = (seed: number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const AT = Date.UTC(2026, 10, 23, 12, 0, 0, 500);
const HOUR = 3_600_000;
const KINDS: readonly KeyKind[] = ['rsa-1024', 'p-256', 'ed25519', 'rsa-1024', 'p-256', 'p-384', 'rsa-512', 'ed448'];

/** One chain and what it is judged against. */
export const randomChain = (seed: number): Chain => {
  const next = numbers(seed);
  const one = <T>(userOptions: readonly T[]): T => userOptions[Math.floor(next() * userOptions.length)] as T;
  const rarely = (share = 0.1) => next() < share;
  const key = () => keyPair(rarely(0.03) ? one(KINDS) : one(KINDS.slice(0, 5)), one(['a', 'b', 'c']));
  const dates = () => {
    const when = rarely() ? one(['expired', 'future', 'edge'] as const) : 'now';
    if (when === 'expired') return { notBefore: new Date(AT - 48 * HOUR), notAfter: new Date(AT - one([1, 24]) * HOUR) };
    if (when === 'future') return { notBefore: new Date(AT + HOUR), notAfter: new Date(AT + 30 * 365 * 24 * HOUR) };
    return { notBefore: new Date(AT - HOUR), notAfter: new Date(when === 'edge' ? AT - 500 : AT + HOUR) };
  };
  const common = (): Partial<Recipe> => ({
    ...dates(),
    serial: Math.floor(next() * 1e9),
    hash: rarely() ? one(['sha1', 'md5', 'sha384', 'pss']) : 'sha256',
    subjectKeyId: rarely(0.3) ? one([false, 'other']) : true,
    authorityKeyId: rarely(0.3) ? one([false, 'other']) : true,
    ...(rarely(0.03) && { more: [extension('1.2.3.4.5', Buffer.of(5, 0), one([true, false]))] }),
  });
  const signed = (recipe: Recipe): Issued => {
    // MD5 is RSA's alone, and 512 bits hold no more than SHA-256.
    const signer = (recipe.issuer?.key ?? recipe.key).privateKey;
    const small = signer.asymmetricKeyType === 'rsa' && (signer.asymmetricKeyDetails?.modulusLength ?? 0) < 1024;
    const tooMuch = small ? recipe.hash === 'sha384' || recipe.hash === 'pss' : recipe.hash === 'md5' && signer.asymmetricKeyType !== 'rsa';
    return issue(tooMuch ? { ...recipe, hash: 'sha256' } : recipe);
  };
  const authority = (subject: readonly Attribute[], issuer?: Issued, ownKey = key()): Issued =>
    signed({
      subject,
      key: ownKey,
      ...(issuer && { issuer }),
      ...common(),
      ...(!rarely(0.03) && { basicConstraints: { ca: !rarely(0.05), ...(rarely(0.2) && { pathLength: one([0, 0, 1, 2]) }) } }),
      keyUsage: rarely() ? one([[], ['digitalSignature']]) : ['keyCertSign', 'cRLSign'],
      ...(rarely(0.15) && {
        extendedKeyUsage: one([['clientAuth'], ['serverAuth'], ['any'], ['unknown'], [], ['serverAuth', 'clientAuth']] as const),
      }),
      ...(rarely() && { nameConstraints: constraints() }),
      ...(rarely(0.05) && { version: 1 }),
      ...(rarely(0.05) && { dns: ['ca.example.com'] }),
    });
  const constraints = (): NonNullable<Recipe['nameConstraints']> => ({
    [one(['permitted', 'excluded'] as const)]: one([
      [dnsName('example.com')],
      [dnsName('.example.com'), dnsName('org')],
      [dnsName('a.example.com')],
      [dnsName('')],
      [network(10, 0, 0, 0, 255, 0, 0, 0), network(192, 168, 0, 0, 255, 255, 0, 0)],
      [dnsName('example.org'), network(10, 1, 0, 0, 255, 255, 0, 0)],
    ]),
  });
  const subject = (name: string): readonly Attribute[] =>
    one<readonly Attribute[]>([
      [['CN', name]],
      [['CN', name]],
      [['CN', name, 'utf8']],
      [
        ['O', 'Org "x"', 'utf8'],
        ['CN', name],
      ],
      [['O', name]],
      [['SERIALNUMBER', name]],
    ]);

  const rootName = subject('front-proxy-ca');
  const root = authority(rootName);
  const twin = authority(rarely(0.5) ? rootName : subject('front-proxy-ca'), rarely(0.3) ? root : undefined);
  const middleName = subject('intermediate');
  const middles: Issued[] = [];
  for (let depth = Math.floor(next() * 3); depth > 0; depth -= 1)
    middles.push(authority(rarely() ? rootName : [...middleName, ['OU', `${depth}`]], middles.at(-1) ?? root));
  const cross = authority(rootName, twin, root.key);
  const issuer = middles.at(-1) ?? (rarely(0.15) ? twin : root);
  const leaf = signed({
    subject: subject('front-proxy-client'),
    key: key(),
    ...(rarely(0.05) ? {} : { issuer: rarely(0.05) ? { ...issuer, name: distinguishedName([['CN', 'nobody']]) } : issuer }),
    ...common(),
    ...(rarely(0.7) && {
      extendedKeyUsage: one([
        ['clientAuth'],
        ['clientAuth'],
        ['serverAuth'],
        ['any'],
        ['unknown'],
        [],
        ['serverAuth', 'clientAuth'],
      ] as const),
    }),
    ...(rarely(0.3) && { dns: one([['example.com'], ['a.example.com', 'example.org'], ['*.example.com'], ['xexample.com']]) }),
    ...(rarely(0.15) && {
      ip: [
        Buffer.from(
          one([
            [10, 1, 2, 3],
            [192, 168, 1, 1],
            [8, 8, 8, 8],
            [32, 1, 13, 184, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
          ]),
        ),
      ],
    }),
    ...(rarely(0.05) && { basicConstraints: { ca: one([true, false]), pathLength: 0 } }),
    ...(rarely(0.03) && { version: 1 }),
  });

  const presented = middles.toReversed().filter(() => !rarely());
  if (rarely()) presented.reverse();
  if (rarely()) presented.push(root);
  if (rarely(0.15)) presented.push(cross, twin);
  if (rarely() && presented[0]) presented.push(presented[0]);
  const roots = [root].filter(() => !rarely());
  if (rarely(0.25)) roots.unshift(twin);
  if (rarely(0.15)) roots.push(cross);
  if (rarely()) roots.push(...middles);
  if (rarely(0.05)) roots.push(leaf);
  if (rarely(0.2)) roots.push(root);
  const pem = (list: readonly Issued[]) => list.map((made) => made.pem).join('');
  return {
    chain: pem([leaf, ...presented]),
    roots: pem(roots),
    at: new Date(AT).toISOString(),
    usage: rarely() ? 'serverAuth' : 'clientAuth',
  };
};

/** A server's chain, sound but for what its leaf says of names. */
export const randomServer = (seed: number): Chain => {
  const next = numbers(seed);
  const one = <T>(userOptions: readonly T[]): T => userOptions[Math.floor(next() * userOptions.length)] as T;
  const names = [
    'api.wardle.svc',
    'API.Wardle.SVC',
    '*.wardle.svc',
    '*.svc',
    '*.*.svc',
    '*',
    'api.*.svc',
    'a*.wardle.svc',
    'api.wardle.svc.',
    '.wardle.svc',
    '-api.wardle.svc',
    'ap_i.wardle.svc',
    'api.wardle',
    'api.wardle.svc.cluster.local',
    'api wardle svc',
    '',
    'localhost',
  ];
  const lasting = { notBefore: new Date(AT - HOUR), notAfter: new Date(AT + HOUR) };
  const root = issue({
    subject: [['CN', 'serving-ca']],
    ...lasting,
    key: keyPair('p-256', 'a'),
    basicConstraints: { ca: true },
    keyUsage: ['keyCertSign'],
  });
  const count = one([0, 1, 1, 2, 3, 99, 100]);
  const ip = one([[], [], [Buffer.of(10, 0, 0, 1)]]);
  const leaf = issue({
    subject: [['CN', one(names.filter((name) => name !== '')), 'utf8']],
    ...lasting,
    key: keyPair('p-256', 'b'),
    issuer: root,
    dns: Array.from({ length: count }, () => one(count > 3 ? ['x.y.z', ...names.slice(3)] : names)),
    ip,
  });
  const host = one(['api.wardle.svc', 'api.wardle.svc', 'API.wardle.svc', 'api.wardle.svc.', 'ap_i.wardle.svc', 'a b.svc']);
  return { chain: leaf.pem, roots: root.pem, at: new Date(AT).toISOString(), usage: 'serverAuth', host };
};

/** A text with one certificate or two, whose lines were deleted, doubled and mixed with others. */
export const randomBundle = (seed: number): string => {
  const next = numbers(seed);
  const below = (limit: number) => Math.floor(next() * limit);
  const good = issue({ subject: [['CN', 'front-proxy-ca']], key: keyPair('p-256') })
    .pem.trim()
    .split('\n');
  const foreign = [
    '',
    'junk',
    'a: b',
    '\t',
    ' -----BEGIN CERTIFICATE-----',
    '-----BEGIN CERTIFICATE',
    '-----END CERTIFICATE----- x',
    '-----BEGIN EC PARAMETERS-----',
    'BggqhkjOPQMBBw==',
    '-----END EC PARAMETERS-----',
    ...good,
  ];
  const lines = next() < 0.5 ? [...good] : [...good, ...good];
  for (let changes = below(5); changes > 0; changes -= 1)
    lines.splice(below(lines.length + 1), below(2), ...(next() < 0.5 ? [] : [foreign[below(foreign.length)] ?? '']));
  return lines.join(['\n', '\r\n', ' \n', '\n\n'][below(6)] ?? '\n') + (next() < 0.5 ? '\n' : 'x');
};
