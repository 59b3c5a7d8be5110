/** `aggctl deploy-sample` on a whole node, as its tests run it, and what they compare. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll } from 'vitest';
import report from '../../schema/report.schema.json' with { type: 'json' };
import schema from '../../schema/sample-run.schema.json' with { type: 'json' };
import type { SampleRun } from '../../src/model.ts';
import { aggctl } from './doctor.ts';
import { useNode } from './fixture.ts';
import { until } from './wait.ts';
import type { WholeNode, WholeNodeOptions } from './whole-node.ts';

/** One run: what `-o json` printed, and the exit status. */
export interface Ran {
  run: SampleRun;
  status: number | null;
}

interface SampleRuns {
  lab(): WholeNode;
  /** The command line with these options. */
  command(...options: string[]): string[];
  /** Runs it with `-o json`; fails when a private key shows, and when the schema does not fit. */
  sample(...options: string[]): Promise<Ran>;
  /** (kind, namespace, name, uid) of every object, but for what comes and goes by itself. */
  everything(): Promise<string[]>;
}

export const everyStep = ['preflight', 'access', 'certificate', 'rollout', 'registration', 'discovery', 'data', 'identity'];
/** The outcome of a run in which all went well. */
export const all = { done: everyStep, failed: undefined, because: undefined, status: 0 };

/** What a test compares: the steps that were done, the one that failed, the first finding, the exit status. */
export const outcome = ({ run, status }: Ran) => ({
  done: run.steps.filter((step) => step.status === 'done').map(({ id }) => id),
  failed: run.steps.find((step) => step.status === 'failed')?.id,
  because: run.findings[0]?.id,
  status,
});
export const messageOf = ({ run }: Ran) => run.steps.find((step) => step.status === 'failed')?.message;
export const notesOf = ({ run }: Ran, step: string) => run.steps.find(({ id }) => id === step)?.notes.join('\n') ?? '';

const conforms = new Ajv2020().addSchema(report).compile(schema);

/** Call it at the top of a file or of a `describe`: a node is up before the tests, and has made all that it makes by itself. */
export function useSampleRuns(options?: WholeNodeOptions): SampleRuns {
  const lab = useNode(options);
  const command = (...words: string[]) => [process.execPath, aggctl, 'deploy-sample', '--kubeconfig', lab().kubeconfig.admin, ...words];

  async function sample(...words: string[]): Promise<Ran> {
    const { stdout, stderr, status } = await lab().run(command('-o', 'json', ...words), { milliseconds: 280_000 });
    if (!stdout) throw new Error(`aggctl deploy-sample printed nothing, exit status ${status}: ${stderr}`);
    // In PEM, and in the Base64 of a Secret.
    for (const key of ['PRIVATE KEY', 'LS0tLS1CRUdJTiBSU0EgUFJJVkFURS'])
      if ((stdout + stderr).includes(key)) throw new Error('aggctl deploy-sample printed a private key');
    const run: SampleRun = JSON.parse(stdout);
    conforms(run);
    if (conforms.errors) throw new Error(`not as the schema says: ${JSON.stringify(conforms.errors)}`);
    return { run, status };
  }

  async function everything(): Promise<string[]> {
    const names = (await lab().kubectl('api-resources', '--verbs=list', '-o', 'name')).trim().split('\n');
    const kinds = names.filter((name) => !/^(events|leases|endpointslices|componentstatuses)\b/.test(name)).join(',');
    const columns = 'custom-columns=K:.kind,S:.metadata.namespace,N:.metadata.name,U:.metadata.uid';
    const lines = (await lab().kubectl('get', kinds, '-A', '--no-headers', '-o', columns)).trim().split('\n');
    // The pods of the control plane are made anew when their manifests change, the ConfigMap by kube-apiserver when a test deletes it.
    return lines
      .map((line) => line.replace(/ +/g, ' '))
      .filter((line) => !/^(Pod kube-system |ConfigMap kube-system extension-apiserver-authentication )/.test(line))
      .sort();
  }

  beforeAll(async () => {
    await lab().importImage('publishedSampleApiserver');
    let last: string[] = [];
    await until('the cluster to have made all that it makes by itself', 120_000, async () => {
      const now = await everything();
      const settled = now.join() === last.join();
      last = now;
      if (!settled) await new Promise((resolve) => setTimeout(resolve, 5_000));
      return settled || undefined;
    });
  });
  return { lab, command, sample, everything };
}
