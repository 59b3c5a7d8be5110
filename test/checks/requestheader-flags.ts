import { healthy } from '../support/facts.ts';

export const { byName } = healthy.flags;
export const names = 'requestheader-allowed-names';
