/** The Service that has taken the place of a missing one. */
import type { ApiService, OtherService } from '../../model.ts';

/** Words of a name: `keda-operator-metrics-apiserver` has four. */
const wordsOf = (name: string): readonly string[] => name.split(/[-.]/).filter(Boolean);
/** One name has every word of the other. */
function alike(one: string, other: string): boolean {
  const [few = [], many = []] = [wordsOf(one), wordsOf(other)].sort((a, b) => a.length - b.length);
  return few.every((word) => many.includes(word));
}

/**
 * The only Service with the port that belongs to the same Helm release and has a similar name; null: none, or several. A port alone says
 * nothing: webhooks listen on 443, too.
 */
export function successorOf({ service, annotations }: ApiService, others: readonly OtherService[]): string | null {
  const release = `${annotations['meta.helm.sh/release-namespace']}/${annotations['meta.helm.sh/release-name']}`;
  const [only, ...more] = others.filter(
    (other) => other.ports.includes(service.port) && other.release === release && alike(other.name, service.name),
  );
  return only && more.length === 0 ? only.name : null;
}
