/** The state of such a Pod in words. Pure. */
import { type Decoded, list, number, object, string } from '../decode.ts';

export const podObject = object({
  metadata: object({ name: string, uid: string }),
  status: object({
    phase: string,
    reason: string,
    message: string,
    containerStatuses: list(
      object({
        state: object({
          waiting: object({ reason: string, message: string }),
          terminated: object({ exitCode: number, reason: string, message: string }),
        }),
      }),
    ),
  }),
});
type Pod = Decoded<typeof podObject>;

/** `done`: its log can be read. `failed`: waiting cannot help. */
export type PodState = { readonly is: 'done' } | { readonly is: 'waiting' | 'failed'; readonly why: string };

/** kubelet never tries these again, or not within the time of such a Pod. */
const hopeless = ['ErrImageNeverPull', 'InvalidImageName', 'ImagePullBackOff', 'CreateContainerConfigError', 'CreateContainerError'];

export function stateOf({ status = {} }: Pod): PodState {
  const { phase, reason, message } = status;
  const { waiting, terminated } = status.containerStatuses?.[0]?.state ?? {};
  if (phase === 'Succeeded' || terminated) return { is: 'done' };
  if (phase === 'Failed') return { is: 'failed', why: words(reason, message) || 'its Pod failed' };
  if (waiting && hopeless.includes(waiting.reason ?? '')) return { is: 'failed', why: words(waiting.reason, waiting.message) };
  if (waiting) return { is: 'waiting', why: words(waiting.reason, waiting.message) };
  return {
    is: 'waiting',
    why: phase === 'Running' ? 'its Pod runs and has not ended' : 'kubelet has not started its Pod: see whether the node is Ready',
  };
}

const words = (reason = '', message = ''): string =>
  [reason, message]
    .filter(Boolean)
    .map((text) => `\`${text.slice(0, 300)}\``)
    .join(', ');
