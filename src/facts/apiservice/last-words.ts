import { fact } from '../engine/declare.ts';
import { apiservice } from './apiservice.ts';
import { trouble } from './trouble.ts';

export const lastWords = fact({ name: 'lastWords', of: apiservice, needs: { trouble }, read: ({ trouble }) => trouble.lastWords });
