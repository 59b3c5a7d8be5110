/** The Service that has taken the place of a missing one. */
import { list } from '../../format.ts';
import type { ApiService, Backend, Fix, OtherService } from '../../model.ts';
import { sh } from '../../sh.ts';

const words: Record<OtherService['traits'][number], string> = {
  owner: 'has the same owner',
  name: 'has the same or a similar name',
  group: 'serves another version of this API',
  pods: 'has pods that may read ConfigMap extension-apiserver-authentication, as extension API servers do',
};

/** The only Service with the port for which two things speak; null: none, or several. */
export function successorOf({ service }: ApiService, others: Backend['others']): OtherService | null {
  const [only, ...more] = (others ?? []).filter(({ ports, traits }) => ports.includes(service.port) && traits.length > 1);
  return only && more.length === 0 ? only : null;
}

/** How the APIService comes to point to it. `remove` deletes the APIService. */
export function pointTo({ name: apiService, service }: ApiService, { namespace, name, traits }: OtherService, remove: string): Fix {
  const to = { ...(namespace !== service.namespace && { namespace }), ...(name !== service.name && { name }) };
  return {
    text: `Service \`${namespace}/${name}\` ${list(traits.map((trait) => words[trait]))}. If the extension API server is behind it now (its certificate must be valid for \`${name}.${namespace}.svc\`), set it in \`spec.service\`. Otherwise reinstall the extension API server, or delete the APIService if the API is no longer needed (\`${remove}\`):`,
    commands: [sh`kubectl -n ${namespace} describe service ${name}`],
    edits: {
      of: 'apiService',
      heals: true,
      commands: [sh`kubectl patch apiservice ${apiService} --type merge -p ${JSON.stringify({ spec: { service: to } })}`],
    },
  };
}

/** As evidence: the Services around the missing one. */
export function around({ service }: ApiService, others: Backend['others']): readonly string[] {
  if (!others) return [];
  const beside = others.filter(({ namespace }) => namespace === service.namespace);
  const elsewhere = others.filter(({ namespace }) => namespace !== service.namespace);
  const shown = (one: OtherService) => `port ${list(one.ports.map(String))}`;
  return [
    ...(beside.length > 0
      ? [
          `Services in that namespace: ${list(
            beside.map((one) => `${one.name} (${shown(one)})`),
            { most: 5 },
          )}`,
        ]
      : []),
    ...(elsewhere.length > 0
      ? [
          `Services of that name elsewhere: ${list(
            elsewhere.map((one) => `${one.namespace}/${one.name} (${shown(one)})`),
            { most: 5 },
          )}`,
        ]
      : []),
  ];
}
