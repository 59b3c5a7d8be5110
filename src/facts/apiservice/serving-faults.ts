import { moment } from '../cluster/now.ts';
import { fact, maybe } from '../engine/declare.ts';
import { servingFaults as faultsOf } from '../serving-faults.ts';
import { apiservice } from './apiservice.ts';
import { failure } from './failure.ts';
import { serving } from './serving.ts';

/** By what kube-apiserver says, and by what the server presents. With insecureSkipTLSVerify: what would count without it. */
export const servingFaults = fact({
  name: 'servingFaults',
  of: apiservice,
  needs: { failure, serving: maybe(serving), moment },
  from: ({ failure, serving, moment }, one) => faultsOf(one, failure, serving, moment),
});
