import { remoteApiServices } from '../apiservice/apiservice.ts';
import { fact, maybe } from '../engine/declare.ts';
import { choices } from '../shared/inputs.ts';

/** Whether what was broken before is looked for, and there are APIServices to look for it. */
export const pastWanted = fact({
  name: 'pastWanted',
  internal: true,
  needs: { choices, remote: maybe(remoteApiServices) },
  from: ({ choices, remote }) => (choices.history ?? false) && remote.ok,
});
