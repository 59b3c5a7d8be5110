/** The vocabulary of aggctl: source, question, answer, fact, subject, check, problem, verdict, report. Types, and the names of hops and kinds; imports nothing else. */
export type * from './model/apiserver.ts';
export type * from './model/apiservice.ts';
export type * from './model/backend.ts';
export type * from './model/certificate.ts';
export * from './model/check.ts';
export type * from './model/cluster.ts';
export type * from './model/command.ts';
export type * from './model/history.ts';
export * from './model/hop.ts';
export type * from './model/owner.ts';
export type * from './model/report.ts';
export type * from './model/sample.ts';
export type * from './model/serving.ts';
export * from './model/signature.ts';
export type * from './model/source.ts';
export type * from './model/subject.ts';
export type * from './model/trusted.ts';
export type * from './model/user-options.ts';
