/** Faults of kube-apiserver's serving certificate and of the user's credentials. */
import { issue } from '../pki.ts';
import { until } from '../wait.ts';
import { ago, type Fault, pki } from './fault.ts';

export const credentialFaults: readonly Fault[] = [
  {
    name: 'client-credentials-expired',
    finds: ['client-credentials-expired'],
    status: 1,
    async inject({ cp }) {
      const issuer = await cp.pair('ca');
      const who = { commonName: 'kubernetes-admin', organizations: ['kubeadm:cluster-admins'], extendedKeyUsage: ['clientAuth'] };
      const { cert, key } = await issue({ ...who, issuer, notBefore: ago(365), notAfter: ago(3) });
      const base64 = (text: string) => Buffer.from(text).toString('base64');
      const conf = (await cp.read('etc/kubernetes/admin.conf'))
        .replace(/client-certificate-data: .*/, `client-certificate-data: ${base64(cert)}`)
        .replace(/client-key-data: .*/, `client-key-data: ${base64(key)}`);
      await cp.write('etc/kubernetes/admin.conf', conf);
    },
  },
  {
    name: 'server-certificate-expired',
    finds: ['server-certificate-expired'],
    status: 1,
    async inject({ cp }) {
      const issuer = await cp.pair('ca');
      const who = { commonName: 'kube-apiserver', extendedKeyUsage: ['serverAuth'], subjectAltNames: ['IP:192.0.2.10', 'DNS:kubernetes'] };
      const { cert, key } = await issue({ ...who, issuer, notBefore: ago(365), notAfter: ago(3) });
      await cp.write(`${pki}/apiserver.key`, key);
      await cp.write(`${pki}/apiserver.crt`, cert);
      await until('kube-apiserver to show it', 60_000, async () => {
        const { stdout } = await cp.run(['sh', '-c', 'openssl s_client -connect 192.0.2.10:6443 </dev/null 2>&1']);
        return stdout.includes('certificate has expired') || undefined;
      });
    },
  },
];
