import { execFileSync } from 'node:child_process';
import { readBundle } from '../src/facts/certificate.ts';
import { secondFault, verifyChain } from '../src/facts/verify-chain.ts';
import { randomChain } from './support/chains.ts';
import { dnsName, issue, keyPair, network } from './support/pki.ts';
const go = (c: object[]) => JSON.parse(execFileSync('/tmp/verifier', { input: JSON.stringify(c), encoding: 'utf8', maxBuffer: 1 << 28 }));
let bad = 0;
for (let b = 0; b < 12; b++) {
  const cases = Array.from({ length: 2500 }, (_, i) => ({ ...randomChain(100000 + b * 2500 + i), renewLeaf: i % 3 === 0 }));
  go(cases).forEach((g: any, i: number) => { const c = cases[i]!; const j = { chain: readBundle(c.chain).certificates, roots: readBundle(c.roots).certificates, at: new Date(c.at), usage: c.usage }; const f = (c.renewLeaf ? secondFault : verifyChain)(j); if ((f?.text ?? '') !== g.text || (f?.kind ?? '') !== g.kind) { bad++; if (bad < 5) console.log(b, i, g, f); } });
}
console.log('chains differing', bad);
// name constraints, denser
const names = ['example.com', '.example.com', 'a.example.com', 'b.a.example.com', 'org', 'a.org', '', 'x-example.com', 'com', '*.example.com', '*.org', 'EXAMPLE.com'];
const sans = ['example.com', 'a.example.com', 'b.a.example.com', '*.example.com', '*.a.example.com', 'x-example.com', 'a.org', 'org', '*.org', 'a..b', 'a.b.', 'A.EXAMPLE.COM', 'zz'];
const nets = [[10, 0, 0, 0, 255, 0, 0, 0], [10, 1, 0, 0, 255, 255, 0, 0], [10, 1, 2, 3, 255, 255, 255, 255], [10, 1, 2, 3, 255, 255, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0]];
const ips = [[10, 1, 2, 3], [10, 2, 0, 0], [11, 0, 0, 1], [32, 1, 13, 184, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]];
let s = 5; const r = (n: number) => { s = (Math.imul(s, 1103515245) + 12345) >>> 0; return (s >>> 8) % n; };
const some = <T>(l: readonly T[], max: number) => Array.from({ length: r(max + 1) }, () => l[r(l.length)] as T);
const cs: any[] = [];
for (let i = 0; i < 6000; i++) {
  const side = () => [...some(names, 3).map(dnsName), ...some(nets, 2).map((n) => network(...n))];
  const nc = { permitted: r(2) ? side() : [], excluded: r(2) ? side() : [] };
  if (nc.permitted.length + nc.excluded.length === 0) continue;
  const root = issue({ subject: [['CN', 'ca']], key: keyPair('ed25519', 'a'), basicConstraints: { ca: true }, nameConstraints: nc });
  const leaf = issue({ subject: [['CN', 'x']], key: keyPair('ed25519', 'l'), issuer: root, dns: some(sans, 2), ip: some(ips, 2).map((x) => Buffer.from(x)) });
  cs.push({ chain: leaf.pem, roots: root.pem, at: new Date().toISOString(), usage: 'clientAuth' });
}
const t: any = {}; let same = 0;
go(cs).forEach((g: any, i: number) => { const c = cs[i]; const a = readBundle(c.chain), b = readBundle(c.roots); const m = a.fault ?? b.fault ?? verifyChain({ chain: a.certificates, roots: b.certificates, at: new Date(c.at), usage: 'clientAuth' })?.text ?? ''; if (m === g.text) same++; else { const k = `${g.text} <> ${m}`; t[k] = (t[k] ?? 0) + 1; } });
console.log(same, cs.length, t);
