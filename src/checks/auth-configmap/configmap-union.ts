/** Faults in flags that the ConfigMap can hide, because its lists are a union over time and over all kube-apiservers. */
import type { AuthenticationConfigMap } from '../../model.ts';

/** For a problem that an entry of the ConfigMap hides: it has no symptom until that entry is removed. */
export const hidden = (masked: boolean) => (masked ? ({ severity: 'warning', latent: true } as const) : {});

/** Evidence for when the ConfigMap could not be read, so that it may contain such an entry. */
export const unread = (configMap: AuthenticationConfigMap | null | undefined): readonly string[] =>
  configMap === undefined ? ['the ConfigMap could not be read: an entry from elsewhere may hide this fault for now'] : [];
