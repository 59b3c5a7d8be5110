import { startFaults } from './faults/index.ts';
import { injectFaults } from './inject-faults.ts';

injectFaults('1.37.2', startFaults);
