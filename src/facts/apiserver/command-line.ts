import { fact } from '../engine/declare.ts';
import { apiserver } from './apiserver.ts';

export const commandLine = fact({ name: 'commandLine', of: apiserver, from: (_, { commandLine }) => commandLine });
