/** Why the fix of a fault is not pasted to its end in prescriptions.test.ts: what it needs of a person, or of a program that the lab lacks. */
export const unpasted: Readonly<Record<string, string>> = {};
