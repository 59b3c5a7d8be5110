import { fact } from '../engine/declare.ts';
import { apiservice } from './apiservice.ts';

export const apiService = fact({ name: 'apiService', of: apiservice, from: (_, one) => one });
