/** Texts about an API, its Service and its pods. */
import { duration } from '../../format.ts';
import type { ApiService, BackendEvent, BackendPod } from '../../model.ts';
import type { Unready } from './pod-health.ts';

type Moment = BackendPod['createdAt'];

/** The beginning of every message of this hop. */
export const fails = ({ group, version }: ApiService): string => `\`${group}/${version}\` fails for every user`;
export const serviceOf = ({ service: { namespace, name } }: ApiService): string => `Service \`${namespace}/${name}\``;

/** An event, as evidence. */
export const told = (event: BackendEvent | undefined): readonly string[] => (event ? [`event ${event.reason}: \`${event.message}\``] : []);

/** A pod and a text about it, as evidence, with the number of similar pods. */
export const evidenceOf = ([{ pod }, ...more]: readonly [Unready, ...Unready[]], said: string): string =>
  `Pod ${pod.namespace}/${pod.name}${more.length > 0 ? ` and ${more.length} more` : ''}: ${said}`;

/** The reason and message of a Pod or container, as one text. */
export const words = (reason: string, message: string): string =>
  [reason && `\`${reason}\``, message && `\`${message.replace(/\s+/g, ' ').trim()}\``].filter(Boolean).join(', ');

export const since = (at: Moment, now: Moment): string => `for ${duration(now.getTime() - at.getTime())}`;
