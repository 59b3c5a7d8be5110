/** Faults of the front-proxy PKI that a certificate's own fields make: who may sign, how it is signed, in which order it stands. */
import type { ControlPlane } from '../control-plane.ts';
import { issue, type Pair, type Wanted } from '../pki.ts';
import { dies, type Fault, pki, present, rejected, restartAndRewrite, unavailable } from './fault.ts';

export const pkiFaults: readonly Fault[] = [
  {
    name: 'front-proxy-client-not-signed-same-name',
    finds: ['front-proxy-client-not-signed-by-requestheader-ca', 'configmap-ca-not-signer', ...rejected],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      await present(cp, { issuer: await issue({ commonName: 'front-proxy-ca', ca: true, asGo: true, keyType: 'rsa' }) });
      await unavailable(cp, '401');
    },
  },
  {
    name: 'front-proxy-client-not-signed-other-string-type',
    finds: ['front-proxy-client-not-signed-by-requestheader-ca', 'configmap-ca-not-signer', ...rejected],
    status: 1,
    async inject({ cp }) {
      // The same key: only the bytes of the name differ.
      const { key } = await cp.pair('front-proxy-ca');
      await present(cp, { issuer: await issue({ commonName: 'front-proxy-ca', ca: true, key }) });
      await unavailable(cp, '401');
    },
  },
  {
    name: 'front-proxy-client-not-signed-intermediate-missing',
    finds: ['front-proxy-client-not-signed-by-requestheader-ca', 'configmap-ca-not-signer', ...rejected],
    status: 1,
    async inject({ cp }) {
      await present(cp, { issuer: await intermediate(cp) });
      await unavailable(cp, '401');
    },
  },
  {
    name: 'requestheader-ca-cannot-sign',
    finds: ['requestheader-ca-cannot-sign', 'configmap-ca-not-signer', ...rejected],
    status: 1,
    everywhere: true,
    async inject(lab) {
      await reissueCa(lab.cp, { instead: ['basicConstraints = critical, CA:FALSE'] });
      await restartAndRewrite(lab);
      await unavailable(lab.cp, '401');
    },
  },
  {
    name: 'requestheader-ca-cannot-sign-key-usage',
    finds: ['requestheader-ca-cannot-sign', 'configmap-ca-not-signer', ...rejected],
    status: 1,
    async inject(lab) {
      await reissueCa(lab.cp, { instead: ['basicConstraints = critical, CA:TRUE', 'keyUsage = critical, digitalSignature'] });
      await restartAndRewrite(lab);
      await unavailable(lab.cp, '401');
    },
  },
  {
    name: 'requestheader-ca-cannot-sign-path-length',
    finds: ['requestheader-ca-cannot-sign', 'configmap-ca-not-signer', ...rejected],
    status: 1,
    async inject(lab) {
      await reissueCa(lab.cp, { instead: ['basicConstraints = critical, CA:TRUE, pathlen:0', 'keyUsage = critical, keyCertSign'] });
      const middle = await intermediate(lab.cp);
      const { cert } = await present(lab.cp, { issuer: middle });
      await lab.cp.write(`${pki}/front-proxy-client.crt`, cert + middle.cert);
      await restartAndRewrite(lab);
      await unavailable(lab.cp, '401');
    },
  },
  {
    name: 'requestheader-ca-cannot-sign-name-constraints',
    finds: ['requestheader-ca-cannot-sign', 'configmap-ca-not-signer', ...rejected],
    status: 1,
    async inject(lab) {
      await reissueCa(lab.cp, { ca: true, besides: ['nameConstraints = critical, permitted;DNS:example.com'] });
      await present(lab.cp, { subjectAltNames: ['DNS:front-proxy-client'] });
      await restartAndRewrite(lab);
      await unavailable(lab.cp, '401');
    },
  },
  {
    name: 'front-proxy-client-signature-insecure',
    finds: ['front-proxy-client-signature-insecure', 'configmap-ca-not-signer', ...rejected],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      await present(cp, { hash: 'sha1' });
      await unavailable(cp, '401');
    },
  },
  {
    name: 'proxy-client-chain-not-leaf-first',
    finds: ['proxy-client-chain-not-leaf-first'],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      const middle = await intermediate(cp);
      const { cert } = await present(cp, { issuer: middle });
      await cp.write(`${pki}/front-proxy-client.crt`, middle.cert + cert);
      await dies(cp, 'tls: private key does not match public key');
    },
  },
  {
    name: 'front-proxy-client-key-weak',
    finds: ['front-proxy-client-key-weak', 'apiservice-unavailable'],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      await present(cp, { keyType: 'rsa512' });
      await unavailable(cp, 'RSA key size too small');
    },
  },
  {
    name: 'front-proxy-client-key-weak-768',
    finds: ['front-proxy-client-key-weak', 'apiservice-unavailable'],
    status: 1,
    async inject({ cp }) {
      await present(cp, { keyType: 'rsa768' });
      await unavailable(cp, '768-bit keys are insecure');
    },
  },
  {
    name: 'proxy-client-pair-unusable-curve',
    finds: ['proxy-client-pair-unusable'],
    status: 1,
    async inject({ cp }) {
      await present(cp, { keyType: 'secp256k1' });
      await dies(cp, 'x509: unsupported elliptic curve');
    },
  },
  {
    name: 'proxy-client-pair-unusable-encrypted-key',
    finds: ['proxy-client-pair-unusable'],
    status: 1,
    async inject({ cp }) {
      await openssl(
        cp,
        'pkcs8 -topk8 -v2 aes256 -passout pass:x -in front-proxy-client.key -out encrypted && mv encrypted front-proxy-client.key',
      );
      await dies(cp, 'tls: failed to parse private key');
    },
  },
  {
    name: 'proxy-client-pair-unusable-der',
    finds: ['proxy-client-pair-unusable'],
    status: 1,
    async inject({ cp }) {
      await openssl(cp, 'x509 -in front-proxy-client.crt -outform DER -out der && mv der front-proxy-client.crt');
      await dies(cp, 'tls: failed to find any PEM data in certificate input');
    },
  },
  {
    name: 'front-proxy-key-not-private',
    finds: ['front-proxy-key-not-private'],
    status: 0,
    inject: async ({ cp }) => void (await cp.run(['chmod', '0644', cp.path(`${pki}/front-proxy-client.key`)])),
  },
];

/** A CA below the front-proxy CA. */
export const intermediate = async (cp: ControlPlane): Promise<Pair> =>
  issue({ commonName: 'front-proxy-intermediate', ca: true, issuer: await cp.pair('front-proxy-ca') });

/** The front-proxy CA's certificate made anew: same key and, byte for byte, same name. */
async function reissueCa(cp: ControlPlane, wanted: Wanted): Promise<void> {
  const { key } = await cp.pair('front-proxy-ca');
  const { cert } = await issue({ commonName: 'front-proxy-ca', asGo: true, key, ...wanted });
  await cp.write(`${pki}/front-proxy-ca.crt`, cert);
}

/** openssl in the folder of the pairs. */
async function openssl(cp: ControlPlane, line: string): Promise<void> {
  const { status, stderr } = await cp.run(['sh', '-e', '-c', `openssl ${line}`], { cwd: cp.path(pki) });
  if (status !== 0) throw new Error(stderr);
}
