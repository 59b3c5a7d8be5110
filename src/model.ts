/** The vocabulary of aggctl: source, question, answer, fact, subject, check, problem, verdict, report. Types and `defineCheck`; imports nothing else. */
export type * from './model/facts.ts';
export * from './model/report.ts';
export type * from './model/seam.ts';
