/** 500 remote APIServices, half of them dead, against 5: wall time, peak memory, and what kube-apiserver alone takes for the same questions. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { KubernetesObject } from './lab/api.ts';
import { type ControlPlane, startControlPlane } from './lab/control-plane.ts';
import { aggctl, onLaptop } from './lab/doctor.ts';
import { type ExtensionServer, startExtensionServer } from './lab/servers.ts';
import { until } from './lab/wait.ts';
import type { Replay } from './replay.ts';

const rounds = 3;
/** Objects that kubectl is given at once. */
const atOnce = 100;
/** Written to stderr as the process ends: how long it lived, its CPU time, and the most memory that it held. */
const meter = `data:text/javascript,${encodeURIComponent(
  "import { writeSync } from 'node:fs'; process.on('exit', () => writeSync(2, JSON.stringify({ ms: performance.now(), cpu: process.cpuUsage(), kib: process.resourceUsage().maxRSS }) + '\\n'));",
)}`;
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Every second one is dead: nothing listens, or its server answers 500; each of these has a Service of its own. */
function apiServices(from: number, to: number, live: ExtensionServer, failing: ExtensionServer): KubernetesObject[] {
  return Array.from({ length: to - from }, (_, index) => from + index).flatMap((n) => {
    const group = `g${n}.example.com`;
    const dead = n % 2 === 1;
    const { spec } = live.objects.apiService;
    const { port } = n % 4 === 1 ? failing.objects.apiService.spec.service : { port: 1 };
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: `dead-${n}`, namespace: 'live' },
      spec: { type: 'ExternalName', externalName: 'localhost' },
    };
    const { caBundle: _, ...unverified } = spec;
    const registration = dead
      ? { ...unverified, insecureSkipTLSVerify: true, group, service: { namespace: 'live', name: `dead-${n}`, port } }
      : { ...spec, group };
    return [
      ...(dead ? [service] : []),
      { apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', metadata: { name: `v1.${group}` }, spec: registration },
    ];
  });
}

async function settled(cp: ControlPlane, total: number): Promise<void> {
  await until(`${total} APIServices to be judged`, 600_000, async () => {
    const { items } = (await cp.get('/apis/apiregistration.k8s.io/v1/apiservices')) as { items: KubernetesObject[] };
    const statuses = items
      .filter(({ metadata, spec }) => spec.service && /^v1\.g\d/.test(metadata.name))
      .map(({ status, spec }) => ({ is: status?.conditions?.[0]?.status, ought: spec.service.name.startsWith('dead') ? 'False' : 'True' }));
    return (statuses.length === total && statuses.every(({ is, ought }) => is === ought)) || undefined;
  });
}

interface Run {
  readonly ms: number;
  /** Microseconds. */
  readonly cpu: { readonly user: number; readonly system: number };
  readonly kib: number;
}
interface Medians {
  readonly ms: number;
  readonly cpu: number;
  readonly mib: number;
  readonly bound: number;
  readonly requests: number;
}
async function measured(cp: ControlPlane, args: readonly string[]): Promise<Medians> {
  const runs: Run[] = [];
  let asked: string[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const before = (await cp.auditEvents()).length;
    const { stderr, stdout, status } = await cp.run([process.execPath, '--import', meter, aggctl, ...args, ...onLaptop(cp)]);
    if (status !== 1) throw new Error(`aggctl ${args.join(' ')} ended with ${status}: ${stderr}${stdout.slice(-500)}`);
    if (round > 0) runs.push(JSON.parse(stderr.trim().split('\n').at(-1) ?? ''));
    const events = (await cp.auditEvents()).slice(before);
    asked = events
      .filter(({ user, verb }) => user?.username === 'kubernetes-admin' && verb !== 'create')
      .map(({ requestURI }) => requestURI);
  }
  const [{ user }] = parse(await readFile(cp.kubeconfig.admin, 'utf8')).users;
  const pem = (data: string) => Buffer.from(data, 'base64').toString();
  const replay: Replay = {
    address: cp.address,
    cert: pem(user['client-certificate-data']),
    key: pem(user['client-key-data']),
    paths: asked,
  };
  const bounds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const script = fileURLToPath(new URL('./replay.ts', import.meta.url));
    const { stdout, stderr, status } = await cp.run([process.execPath, '--import', 'tsx', script], { input: JSON.stringify(replay) });
    if (status !== 0) throw new Error(stderr);
    bounds.push(Number(stdout));
  }
  return {
    ms: median(runs.map(({ ms }) => ms)),
    cpu: median(runs.map(({ cpu }) => (cpu.user + cpu.system) / 1000)),
    mib: Math.max(...runs.map(({ kib }) => kib)) / 1024,
    bound: median(bounds),
    requests: asked.length,
  };
}

/** Prints a line for each number of APIServices and command. */
export async function many(): Promise<void> {
  const cp = await startControlPlane({ say: console.log });
  try {
    await cp.run(['mkdir', '-p', cp.path('usr')]);
    const live = await startExtensionServer(cp, { group: 'live.example.com', behaviour: { anyGroup: true } });
    const failing = await startExtensionServer(cp, { group: 'failing.example.com', port: 9444, behaviour: { status: 500 } });
    for (const { apiService } of [live, failing]) await cp.kubectl('delete', 'apiservice', apiService);
    const few = new Map<string, Medians>();
    for (const total of [5, 500]) {
      const objects = apiServices(few.size === 0 ? 0 : 5, total, live, failing);
      for (let first = 0; first < objects.length; first += atOnce) await cp.apply(...objects.slice(first, first + atOnce));
      await settled(cp, total);
      for (const args of [['doctor'], ['check-apiservice', '--all']]) {
        const command = args.join(' ');
        const medians = await measured(cp, args);
        const { ms, cpu, mib, bound, requests } = medians;
        const beside = few.get(command) ?? medians;
        few.set(command, beside);
        console.log(
          `${command}, ${total} APIServices: ${ms.toFixed(0)} ms (ratio ${(ms / beside.ms).toFixed(1)}, target 3), CPU ${cpu.toFixed(0)} ms (${(cpu / beside.cpu).toFixed(1)}), at most ${mib.toFixed(0)} MiB (target 150); kube-apiserver alone takes ${bound.toFixed(0)} ms (${(bound / beside.bound).toFixed(1)}) for these ${requests} requests, 20 at once`,
        );
      }
    }
  } finally {
    await cp.stop();
  }
}
