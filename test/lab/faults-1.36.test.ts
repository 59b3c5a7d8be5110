import { injectFaults } from './inject-faults.ts';

injectFaults('1.36.3');
