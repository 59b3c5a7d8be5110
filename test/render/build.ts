/** What reports written by hand are made of. */
import type { Finding, Report, Subject } from '../../src/model.ts';

export const cluster: Subject = { scope: 'cluster', name: '' };
export const apiserver = (name: string): Subject => ({ scope: 'apiserver', name });
export const apiservice = (name: string): Subject => ({ scope: 'apiservice', name });

type Counted = 'error' | 'warning' | 'info' | 'passed' | 'skipped' | 'inapplicable' | 'crashed';
interface Parts extends Partial<Omit<Report, 'summary'>> {
  readonly exitStatus: Report['summary']['exitStatus'];
  readonly counts?: Partial<Record<Counted, number>>;
}

/** A report of a live cluster with the given parts; what is not given is counted, and skipped for what was unavailable. */
export function report({ exitStatus, counts, ...parts }: Parts): Report {
  const { unavailable = [] } = parts;
  const skipped = unavailable.flatMap(({ fact, subject, checks }) =>
    checks.map((id) => ({ id, subject: subject ?? cluster, because: { fact, subject } })),
  );
  const lists = { findings: [], unavailable, skipped, crashed: [], passed: [], inapplicable: [], ...parts };
  const severe = (severity: string) => lists.findings.filter((finding) => finding.severity === severity).length;
  return {
    schemaVersion: 1,
    kind: 'Report',
    aggctl: '0.1.0',
    capturedAt: '2026-11-23T02:45:10.000Z',
    source: 'live',
    cluster: { name: 'prod', server: 'https://10.0.0.5:6443', version: 'v1.37.2', distribution: 'kubeadm' },
    identity: { user: 'jane', groups: ['ops', 'system:authenticated'] },
    apiservers: [],
    trust: null,
    ...lists,
    summary: {
      error: severe('error'),
      warning: severe('warning'),
      info: severe('info'),
      passed: lists.passed.length,
      skipped: lists.skipped.length,
      inapplicable: lists.inapplicable.length,
      crashed: lists.crashed.length,
      ...counts,
      exitStatus,
    },
  };
}

export const finding = (parts: Partial<Finding> & Pick<Finding, 'id' | 'message' | 'at'>): Finding => ({
  severity: 'error',
  subject: cluster,
  evidence: [],
  fix: { text: 'Repair it.', commands: [] },
  effects: [],
  symptoms: [],
  mayBeExplainedBy: [],
  ...parts,
});

export const notOnThisMachine = {
  fact: 'apiserver' as const,
  subject: null,
  why: 'excluded' as const,
  message: 'files on the control-plane nodes, so a second fault of this certificate would show only there: `sudo aggctl doctor`',
  checks: ['front-proxy-client-key-mismatch', 'front-proxy-client-not-mounted'],
};
const titles = ['The extension servers answer', 'The ConfigMap names the request header CA'];
export const passed = titles.map((title, index) => ({ id: `check-${index}`, subject: cluster, title }));
