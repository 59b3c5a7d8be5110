import { fact } from '../engine/declare.ts';
import { apiservice } from './apiservice.ts';
import { trouble } from './trouble.ts';

export const exitMessages = fact({ name: 'exitMessages', of: apiservice, needs: { trouble }, read: ({ trouble }) => trouble.exitMessages });
