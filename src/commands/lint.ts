/** `aggctl lint FILE…|-`: manifests, checked before they are applied. No cluster is contacted. */
import { basename, dirname, join } from 'node:path';
import type { Gathered } from '../check.ts';
import { exitStatus, reportOf } from '../exit-code.ts';
import { gather } from '../facts/gather.ts';
import { lintChecks, sharedChecks } from '../lint/index.ts';
import { readLocalFile, readStdin } from '../local-file.ts';
import { applied } from '../manifests/applied.ts';
import { locator } from '../manifests/locate.ts';
import { isOf } from '../manifests/name.ts';
import { objectsIn, together } from '../manifests/read.ts';
import type { Event, Finding, ManifestObject, Report } from '../model.ts';
import { version } from '../package.ts';
import { type Diagnosis, run } from '../run/index.ts';
import { withRemarks } from '../run/suppression-remarks.ts';
import { factsOf, reportFacts } from '../run/wanted.ts';
import { sh } from '../sh.ts';
import { directoryTree } from '../sources/foreign/tree.ts';
import { manifestSource } from '../sources/manifests.ts';
import { UsageError } from '../usage-error.ts';
import { judgingHere } from './judging.ts';
import type { Repeating } from './surroundings.ts';

export interface LintOptions {
  readonly failOn?: string;
  readonly suppressions?: string;
}

const MiB = 1024 * 1024;
/** The definitions of a large operator take two. */
const longest = 32 * MiB;

/** `names` are files, directories, or `-` for stdin. Throws a UsageError for what is no manifest, and when no APIService is among them. */
export async function* lint(
  names: readonly string[],
  options: LintOptions,
  { now }: Pick<Repeating, 'now'>,
): AsyncGenerator<Event, Report> {
  const { rules, suppressions } = yield* judgingHere(options);
  const distinct = [...new Set(names)];
  const texts = (await Promise.all(distinct.map(textsOf))).flat();
  const manifests = together(texts.flatMap(({ file, text }) => objectsOf(file, text)));
  const apiServices = manifests.filter((one) => isOf(one, 'apiregistration.k8s.io', 'APIService'));
  const where = distinct.map((name) => (name === '-' ? 'stdin' : name)).join(', ');
  if (apiServices.length === 0)
    throw new UsageError(
      `nothing to check in ${where}: ${manifests.length === 0 ? 'it holds no Kubernetes object' : 'none of its objects is an APIService'}`,
    );
  const ask = manifestSource(applied(manifests, now()), now());
  const { gathered } = await gather([ask], {
    userOptions: { targets: 'all' },
    manifests,
    wanted: [...factsOf(lintChecks), ...reportFacts],
  });
  const about = { aggctl: version, source: where, chosen: lintChecks.map(({ id }) => id) };
  const found = ofManifests(run(lintChecks, gathered, about, suppressions), manifests, gathered);
  const [diagnosis = found] = suppressions ? withRemarks([found], suppressions, now()) : [];
  const files = new Set(manifests.map(({ from }) => from.file)).size;
  const held = { files, objects: manifests.length, apiServices: apiServices.length };
  return reportOf({ ...diagnosis, manifests: held }, exitStatus(diagnosis, rules));
}

/** What is said of a cluster turned into what is said of files. */
function ofManifests(diagnosis: Diagnosis, manifests: readonly ManifestObject[], { apiservice }: Gathered): Diagnosis {
  const failures = (apiservice.ok ? apiservice.value : []).flatMap(({ facts: { failure } }) =>
    failure.ok && failure.value ? [failure.value] : [],
  );
  const foretold = failures.map(({ text }) => `\`${text}\``);
  const located = locator(manifests);
  const inFiles = (finding: Finding): Finding => {
    const shared = sharedChecks.find(({ id }) => id === finding.id);
    return {
      ...finding,
      at: located(finding.at),
      evidence: finding.evidence.map((text) => (foretold.includes(text) ? `once applied, kube-apiserver reports ${text}` : text)),
      // The commands are for a cluster: of the advice, what must come of it is for authors.
      ...(shared && { fix: { text: shared.explain.repair, commands: [] } }),
    };
  };
  return {
    ...diagnosis,
    trust: null,
    findings: diagnosis.findings.map(inFiles),
    ...(diagnosis.suppressed && { suppressed: diagnosis.suppressed.map(inFiles) }),
    unavailable: diagnosis.unavailable.filter(({ checks }) => checks.length > 0),
  };
}

function objectsOf(file: string, text: string) {
  const found = objectsIn(file, text);
  if (typeof found !== 'string') return found;
  // Bytes of no text may look like anything.
  if (!text.includes('\0') && /^[^#\n]*\{\{/m.test(text))
    throw new UsageError((self) => `${file} is a template: check what Helm makes of it: helm template RELEASE CHART | ${self} lint -`);
  throw new UsageError(`${file} cannot be read: ${found}`);
}

/** What reading it as a file says better. */
const isOfFile = /^(?:ENOTDIR|ENOENT|ELOOP|EACCES)$/;
interface Text {
  readonly file: string;
  readonly text: string;
}
async function textsOf(name: string): Promise<readonly Text[]> {
  const refuse = (error: Error): never => {
    throw new UsageError(`${name === '-' ? 'stdin' : name} cannot be read: ${error.message}`);
  };
  if (name === '') throw new UsageError('the name of a file is empty');
  if (name === '-') return [{ file: 'stdin', text: textIn(await readStdin(longest).catch(refuse)) }];
  const paths = await directoryTree(name).then(
    ({ paths }) => paths,
    ({ code, message }: NodeJS.ErrnoException) => (isOfFile.test(code ?? '') ? null : refuse(new Error(message))),
  );
  if (paths === null) return [{ file: name, text: textIn(await readLocalFile(name, longest).catch(refuse)) }];
  refuseSources(name, paths);
  const chosen = paths.filter((path) => /\.(?:ya?ml|json)$/.test(path)).map((path) => join(name, path));
  return Promise.all(chosen.map(async (file) => ({ file, text: textIn(await readLocalFile(file, longest).catch(refuse)) })));
}

/** UTF-16 is what `>` writes in Windows PowerShell. YAML says by its first bytes which it is (YAML 1.2.2, 5.2). */
function textIn(bytes: Buffer): string {
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return isUtf16 ? new TextDecoder(first === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes) : bytes.toString();
}

/** What Helm or Kustomize makes of them is applied, not the files themselves. */
function refuseSources(name: string, paths: readonly string[]): void {
  const found = (files: RegExp) => paths.find((path) => files.test(basename(path)));
  const [chart, kustomization] = [found(/^Chart\.yaml$/), found(/^kustomization\.ya?ml$|^Kustomization$/)];
  const inside = (path: string) => join(name, dirname(path));
  if (chart)
    throw new UsageError(
      (self) => `${name} holds a Helm chart: check what Helm makes of it: ${sh`helm template RELEASE ${inside(chart)}`} | ${self} lint -`,
    );
  if (kustomization)
    throw new UsageError(
      (self) =>
        `${name} holds a kustomization: check what Kustomize makes of it: ${sh`kubectl kustomize ${inside(kustomization)}`} | ${self} lint -`,
    );
}
