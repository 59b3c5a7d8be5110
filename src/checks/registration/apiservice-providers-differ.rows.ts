import { apiService } from '../../../test/checks/registration.ts';
import type { Row } from '../../../test/checks/row.ts';
import { days } from '../../../test/support/facts.ts';
import type { FieldManager } from '../../model.ts';

const manager = (name: string, at = days(-1)): FieldManager => ({ name, at });
const [helm, flux, kubectl] = [manager('helm', days(-9)), manager('helm-controller'), manager('kubectl-edit')];
const released = (service: readonly FieldManager[]) => ({
  annotations: { 'meta.helm.sh/release-name': 'adapter', 'meta.helm.sh/release-namespace': 'monitoring' },
  managers: { service, release: [helm], caBundle: [] },
});

export const rows: readonly Row[] = [
  ['no release made it', { apiService: { ...apiService, managers: { service: [kubectl], release: [], caBundle: [] } } }, 'passed'],
  ['its release chose its Service', { apiService: { ...apiService, ...released([helm]) } }, 'passed'],
  ['its release and kubectl agree', { apiService: { ...apiService, ...released([kubectl, helm]) } }, 'passed'],
  ['Helm has adopted what kubectl made', { apiService: { ...apiService, ...released([manager('kubectl-edit', days(-10))]) } }, 'passed'],
  ['what calls Helm goes by another name', { apiService: { ...apiService, ...released([flux]) } }, 'passed'],
  [
    'kubectl chose it',
    { apiService: { ...apiService, ...released([kubectl]) } },
    [
      {
        says: 'Helm release `monitoring/adapter`',
        evidence: '`kubectl-edit`, which wrote last',
        command: 'helm -n monitoring get manifest adapter',
      },
    ],
  ],
  ['Helm has left no mark', { apiService: { ...apiService, managers: { service: [kubectl], release: [helm], caBundle: [] } } }, 'passed'],
  ['nobody wrote where it leads', { apiService: { ...apiService, ...released([]) } }, 'passed'],
  ['both wrote at once', { apiService: { ...apiService, ...released([manager('kubectl-edit', days(-9))]) } }, 'passed'],
];
