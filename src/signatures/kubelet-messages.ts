/** The lines by which metrics-server tells why it is not ready: it has scraped no kubelet. The first that matches any line counts. */
import type { ExitMessageSignature } from '../model.ts';
import { scrapeRow } from './scrapes.ts';

export interface ExitMessageRow extends ExitMessageSignature {
  /** It keeps a server that runs from being ready: whenever it was said, or only what it goes on saying. */
  readonly ofRunning?: 'ever' | 'still';
}

/** sigs.k8s.io/metrics-server: pkg/scraper/scraper.go, v0.6 to v0.9; up to v0.5 pkg/scraper and pkg/server say it in other words. */
const scrape = (because: RegExp): RegExp =>
  new RegExp(`(?:Failed to scrape node|unable to (?:fully (?:scrape|collect) metrics|fetch metrics from)).{0,2000}?${because.source}`, 's');
export const kubeletRows: readonly ExitMessageRow[] = [
  {
    kind: 'kubelet-without-certificate',
    ofMetricsServer: true,
    ofRunning: 'ever',
    matches: scrape(/remote error: tls: internal error/),
    meaning: 'reaches kubelets that have no serving certificate, so it gets no metrics from them',
    next: scrapeRow('no-certificate').next,
  },
  {
    kind: 'kubelet-certificates',
    ofMetricsServer: true,
    ofRunning: 'ever',
    matches: scrape(/x509: /),
    meaning: "cannot verify the kubelets' serving certificates, so it has no metrics",
    next: scrapeRow('certificate').next,
  },
  {
    kind: 'kubelet-forbidden',
    ofMetricsServer: true,
    ofRunning: 'ever',
    matches: scrape(/\b(?:Forbidden|Unauthorized)\b/),
    meaning: 'is not allowed to read metrics from the kubelets, so it has none',
    next: 'grant its ServiceAccount `get` on nodes/metrics with a ClusterRole',
  },
  {
    kind: 'kubelet-unresolved',
    ofMetricsServer: true,
    ofRunning: 'ever',
    matches: scrape(/lookup \S+.*no such host/),
    meaning: "cannot resolve the nodes' names, so it gets no metrics from the kubelets",
    next: 'let it use their addresses (`--kubelet-preferred-address-types=InternalIP`), or make the names of the nodes known to the DNS of the cluster',
  },
  {
    kind: 'kubelet-unreachable',
    ofMetricsServer: true,
    ofRunning: 'ever',
    matches: scrape(/(?:)/),
    meaning: 'gets no metrics from the kubelets',
    next: 'let its pod reach port 10250 of every node, over the address type in `--kubelet-preferred-address-types`',
  },
];
