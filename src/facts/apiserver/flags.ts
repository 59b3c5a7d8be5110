import { fact } from '../engine/declare.ts';
import { apiserver } from './apiserver.ts';

export const flags = fact({ name: 'flags', of: apiserver, from: (_, { flags }) => flags });
