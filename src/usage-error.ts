/** Wrong usage: one sentence for the user, exit status 2. Thrown by commands, caught by cli.ts alone. */
export class UsageError extends Error {}
