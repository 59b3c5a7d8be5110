/** What an upgrade breaks. */
import { issue } from '../pki.ts';
import { apiService, type Fault } from './fault.ts';

export interface UpgradeFault extends Fault {
  /** The version that the cluster is going to be upgraded to (`--target-version`). */
  readonly targetVersion: string;
}

export const handEdits: UpgradeFault = {
  name: 'flag-not-in-kubeadm-config',
  finds: ['flag-not-in-kubeadm-config'],
  status: 0,
  targetVersion: '1.38',
  async inject({ cp }) {
    await cp.manifest.set('enable-aggregator-routing', 'true');
    await cp.manifest.set('requestheader-allowed-names', 'front-proxy-client,aggregator');
    await cp.restartApiserver();
    await cp.waitServed(apiService);
  },
};

/** From 1.36 on the probe notices it, too; up to 1.35 only requests do. */
export const caBundleBeforeUpgrade: UpgradeFault = {
  name: 'cabundle-not-signer-before-upgrade',
  finds: ['cabundle-not-signer', 'apiservice-unavailable'],
  status: 1,
  targetVersion: '1.36',
  async inject({ cp, sample }) {
    const { cert } = await issue({ commonName: 'another-ca', ca: true });
    const service = structuredClone(sample.objects.apiService);
    service.spec.caBundle = Buffer.from(cert).toString('base64');
    await cp.apply(service);
  },
};
