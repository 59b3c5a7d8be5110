/** Starts a control plane (`control-plane`) or a whole node (`node`), prints where it is and never stops it: tests kill this process. */
import { startControlPlane } from './control-plane.ts';
import { deploySample } from './deploy-sample.ts';
import { startNode } from './whole-node.ts';

async function start() {
  if (process.argv[2] !== 'node') return startControlPlane();
  const node = await startNode();
  await deploySample(node);
  return node;
}

const { folder, namespace } = await start();
console.log(JSON.stringify({ folder, namespace }));
setInterval(() => {}, 60_000);
