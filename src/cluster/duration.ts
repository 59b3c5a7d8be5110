/** `--request-timeout`, as k8s.io/client-go v0.37.2 tools/clientcmd/helpers.go ParseTimeout reads it. */

const MILLISECONDS: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of `30` (seconds), `30s`, `1m30s`, `0.5h`; null for any other text. 0 means no time-out. */
export const parseTimeout = (text: string): number | null => {
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const part = /(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/g;
  if (text.replace(part, '') !== '' || text === '') return null;
  return [...text.matchAll(part)].reduce((sum, [, amount = '', unit = '']) => sum + Number(amount) * (MILLISECONDS[unit] ?? 0), 0);
};
