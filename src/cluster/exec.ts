/** Credential plugins of a kubeconfig (k8s.io/client-go v0.37.2, plugin/pkg/client/auth/exec/exec.go). */
import { type ChildProcess, spawn } from 'node:child_process';
import { basename } from 'node:path';
import { anything, type Decoded, map, object, parseJson, string, time } from '../decode.ts';
import { limiter } from '../limiter.ts';
import type { Observed } from '../model.ts';
import type { Connection } from './connect.ts';
import { deadline } from './deadline.ts';
import type { ExecConfig } from './kubeconfig.ts';

/** What a plugin returns. */
const execStatus = object({ token: string, clientCertificateData: string, clientKeyData: string, expirationTimestamp: time });
export type ExecStatus = Decoded<typeof execStatus>;
const execCredential = object({ kind: string, apiVersion: string, status: map(anything) });

/** Time-out for a plugin, milliseconds. An interactive one may take as long as its user, unless other clusters wait for it. */
const PATIENCE = 60_000;
/** One plugin at a time may ask the user. */
const inTurn = limiter(1);
/** Of the credential that it prints, characters. */
const LONGEST_OUTPUT = 1024 * 1024;
const API_VERSION = /^client\.authentication\.k8s\.io\/(v1|v1beta1)$/;

/** Runs the plugin of the connection's user. If it is missing, the message holds the kubeconfig's installation hint. */
export const runExecPlugin = async (connection: Connection, exec: ExecConfig, signal?: AbortSignal): Promise<Observed<ExecStatus>> => {
  const name = `The credential plugin \`${exec.command}\` of user \`${connection.userName}\``;
  const apiVersion = exec.apiVersion ?? '';
  if (!exec.command || !API_VERSION.test(apiVersion))
    return fail(
      `The \`exec\` entry of user \`${connection.userName}\` (${connection.from}) needs a \`command\` and an \`apiVersion\` v1 or v1beta1.`,
    );
  const mode = exec.interactiveMode ?? (apiVersion.endsWith('v1beta1') ? 'IfAvailable' : '');
  if (!['Never', 'IfAvailable', 'Always'].includes(mode))
    return fail(
      `The \`exec\` entry of user \`${connection.userName}\` (${connection.from}) needs an \`interactiveMode\`: Never, IfAvailable or Always.`,
    );
  const attended = process.stdin.isTTY === true && !connection.unattended;
  if (mode === 'Always' && !attended)
    return fail(`${name} is interactive, and standard input is not a terminal: run aggctl in a terminal.`);
  // Among other clusters a plugin that can do without the terminal does: all of them run at once, and none keeps the others waiting.
  const interactive = attended && (mode === 'Always' || (mode === 'IfAvailable' && !connection.amongOthers));
  const { waits } = connection;
  const running = async () => {
    const waited = interactive ? waits?.typing() : waits?.begin(`the credential plugin ${basename(exec.command)}`, PATIENCE);
    const ran = await execute(connection, exec, interactive, signal);
    waited?.();
    return ran;
  };
  const run = await (interactive ? inTurn(running) : running());
  if ('failure' in run) {
    const { code, message } = run.failure as NodeJS.ErrnoException;
    if (signal?.aborted) return fail(`${name} was interrupted.`);
    if (code === 'ENOENT') return fail(`${name} is not installed${exec.installHint ? `: ${hint(exec.installHint)}` : ', or not in PATH.'}`);
    if (code === 'ABORT_ERR') return fail(`${name} returned no credentials within ${PATIENCE / 1000} s: run it manually.`);
    return fail(`${name} cannot run: ${message}.`);
  }
  if (run.code !== 0)
    return fail(`${name} failed with exit status ${run.code}${run.stderr ? `: ${lastLine(run.stderr)}` : ''}: run it manually.`);
  return parseStatus(run.stdout, name, apiVersion);
};

type Run = { readonly code: number; readonly stdout: string; readonly stderr: string } | { readonly failure: Error };

const execute = (connection: Connection, exec: ExecConfig, interactive: boolean, signal?: AbortSignal): Promise<Run> =>
  new Promise((resolve) => {
    const child = started(connection, exec, interactive);
    if (child instanceof Error) return resolve({ failure: child });
    const limit = deadline(interactive && !connection.amongOthers ? 0 : PATIENCE, signal);
    const end = (run: Run) => {
      limit.clear();
      resolve(run);
    };
    const kill = (failure: Error) => {
      if (child.pid === undefined) return;
      end({ failure });
      killGroup(interactive ? child.pid : -child.pid);
      child.stdout?.destroy();
      child.stderr?.destroy();
      child.unref();
    };
    const late = () => kill(Object.assign(new Error('it took too long'), { code: 'ABORT_ERR' }));
    if (limit.signal.aborted) late();
    else limit.signal.addEventListener('abort', late);
    const output = { stdout: '', stderr: '' };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text;
      if (output.stdout.length > LONGEST_OUTPUT) kill(new Error(`it printed more than ${LONGEST_OUTPUT / 1024} KiB`));
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      output.stderr = (output.stderr + text).slice(-4096);
    });
    child.once('error', (failure) => end({ failure }));
    child.once('close', (code, by) => end(code === null ? { failure: new Error(`it was killed by ${by}`) } : { code, ...output }));
  });

/** Node.js throws some errors of a start, and reports others later. */
function started(connection: Connection, exec: ExecConfig, interactive: boolean): ChildProcess | Error {
  try {
    return spawn(exec.command, exec.args ?? [], {
      env: {
        ...connection.env,
        ...Object.fromEntries((exec.env ?? []).map(({ name, value }) => [name, value])),
        KUBERNETES_EXEC_INFO: execInfo(connection, exec, interactive),
      },
      // An interactive plugin prompts on stderr; otherwise its stderr goes into the message.
      stdio: [interactive ? 'inherit' : 'ignore', 'pipe', interactive ? 'inherit' : 'pipe'],
      // A group of its own, which ends as a whole: a child of the plugin may keep its output open. One that interacts needs the terminal's.
      detached: !interactive,
    });
  } catch (error) {
    // Its message quotes the value, which may be a secret.
    const isNul = (error as NodeJS.ErrnoException).code === 'ERR_INVALID_ARG_VALUE';
    return isNul ? new Error('its command, arguments or environment hold a NUL character') : (error as Error);
  }
}

function killGroup(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

const execInfo = (connection: Connection, exec: ExecConfig, interactive: boolean): string => {
  const { cluster } = connection;
  const config = cluster.extensions?.find(({ name }) => name === 'client.authentication.k8s.io/exec')?.extension;
  const info = {
    server: connection.server.href.replace(/\/$/, ''),
    'tls-server-name': cluster['tls-server-name'],
    'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'],
    'certificate-authority-data': cluster['certificate-authority-data'],
    'proxy-url': cluster['proxy-url'],
    config,
  };
  const spec = { interactive, ...(exec.provideClusterInfo === true && { cluster: info }) };
  return JSON.stringify({ apiVersion: exec.apiVersion, kind: 'ExecCredential', spec });
};

const parseStatus = (stdout: string, name: string, apiVersion: string): Observed<ExecStatus> => {
  const json = parseJson(stdout);
  if (json === undefined) return fail(`${name} printed no ExecCredential in JSON: run it manually.`);
  const credential = execCredential(json);
  const printed = credential?.status;
  if (credential?.kind !== 'ExecCredential' || !printed) return fail(`${name} printed no ExecCredential with a status: run it manually.`);
  if (credential.apiVersion !== apiVersion)
    return fail(
      `${name} returned \`${credential.apiVersion}\`, but the kubeconfig expects \`${apiVersion}\`: set the same version in the kubeconfig.`,
    );
  const status = execStatus(printed) ?? {};
  const fields = ['token', 'clientCertificateData', 'clientKeyData'] as const;
  if (fields.some((field) => (printed[field] ?? undefined) !== status[field]))
    return fail(`${name} printed an ExecCredential with a field that is not a string: run it manually.`);
  if (Boolean(status.clientCertificateData) !== Boolean(status.clientKeyData))
    return fail(`${name} returned only one of certificate and key: run it manually.`);
  if (!status.token && !status.clientKeyData) return fail(`${name} returned neither a token nor a certificate: run it manually.`);
  return { ok: true, value: status };
};

const fail = (message: string): Observed<never> => ({ ok: false, why: 'denied', message });
const hint = (text: string): string => text.trim().replace(/\s+/g, ' ');
/** Long unbroken words may be tokens. */
const lastLine = (text: string): string => {
  const line = text.trim().split('\n').at(-1) ?? '';
  return line
    .replace(/[\w+/=.-]{40,}/g, '…')
    .slice(0, 200)
    .replace(/[.:]$/, '');
};
