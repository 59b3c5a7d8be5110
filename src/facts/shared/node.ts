import type { Scope } from '../engine/declare.ts';
import { nodes } from './inputs.ts';

/** The scope of what each source shows of its node. */
export const node: Scope<'node', number> = { name: 'node', list: nodes, nameOf: String, sourceOf: (index) => index };
