/** How the API is reached, and as whom. */
import type { Observed } from '../model.ts';

/** What an answer says of one's own credentials. */
export const clientCredentials = (observed: Observed<unknown>): Observed<{ expired: string | null }> => {
  if (observed.ok) return { ok: true, value: { expired: null } };
  return observed.expired === 'client' ? { ok: true, value: { expired: observed.message } } : observed;
};

export const noKubeconfig = {
  ok: false,
  why: 'excluded',
  message: 'the API, because there is no kubeconfig: set --kubeconfig or KUBECONFIG',
} as const;
