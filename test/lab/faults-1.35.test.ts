import { injectFaults } from './inject-faults.ts';

injectFaults('1.35.4');
