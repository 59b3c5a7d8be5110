/** Faults of a flag that the ConfigMap can still hide. Its lists are a union over time and over all kube-apiservers. */
import type { AuthenticationConfigMap } from '../../model.ts';

/** Of a problem that an entry of the ConfigMap hides: nothing shows of it before that entry goes. */
export const hidden = (masked: boolean) => (masked ? ({ severity: 'warning', latent: true } as const) : {});

/** As evidence, where nobody could see whether such an entry is there. */
export const unread = (configMap: AuthenticationConfigMap | null | undefined): readonly string[] =>
  configMap === undefined ? ['the ConfigMap could not be read: an entry that this flag does not make may hide it for now'] : [];
