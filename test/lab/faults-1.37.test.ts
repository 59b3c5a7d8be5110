import { injectFaults } from './inject-faults.ts';

injectFaults('1.37.2');
