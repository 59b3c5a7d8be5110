/** What the runner and process 1 of a lab namespace say to each other: JSON lines, commands on stdin, answers on stdout. */

/** What process 1 sets up before it takes commands. */
export interface Setup {
  /** The lab's folder on the host; process 1 removes it when it ends. */
  folder: string;
  hostname: string;
  /** IPv4 address and prefix length of the node, e.g. `192.0.2.10/24`. */
  address: string;
  /** Folders on the host, by the path at which they are to be seen. */
  binds: Record<string, string>;
  /** For a kubelet: the cgroup that is to hold those of its pods. */
  cgroup?: string;
}

/** How a process ended. */
export interface Exit {
  status: number | null;
  signal: NodeJS.Signals | null;
}

/** A command that ran to its end. */
export interface Finished extends Exit {
  stdout: string;
  stderr: string;
}

/** An HTTPS answer; the server's certificate is never verified (a lab's faults break it). */
export interface HttpAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** A request made inside the namespace; `cert` and `key` are PEM. */
export interface HttpRequest {
  url: string;
  method?: string | undefined;
  headers?: Record<string, string | string[]>;
  body?: string | undefined;
  cert?: string | undefined;
  key?: string | undefined;
  milliseconds: number;
}

/** A program run to its end inside the namespace. It is killed after `milliseconds`. */
interface Program {
  argv: readonly string[];
  env: Record<string, string>;
  cwd: string;
  input: string;
  milliseconds: number;
}

/** Each command with what it takes and what it answers. `wait` answers null when the daemon still runs, `stop` when it was never started. */
export interface Commands {
  start: { takes: { name: string; argv: readonly string[]; env: Record<string, string>; log: string }; answers: { pid: number } };
  stop: { takes: { name: string }; answers: Exit | null };
  wait: { takes: { name: string; milliseconds: number }; answers: Exit | null };
  run: { takes: Program; answers: Finished };
  request: { takes: HttpRequest; answers: HttpAnswer };
}

export type CommandName = keyof Commands;
export type Command = { [N in CommandName]: { id: number; do: N; with: Commands[N]['takes'] } }[CommandName];
/** `id` 0 is process 1 itself: ready, or why it is not. */
export type Answer = { id: number; ok: unknown } | { id: number; error: string };
