/** Starts a control plane, prints where it is and never stops it: lab.test.ts kills this process and looks at what is left. */
import { startControlPlane } from './control-plane.ts';

const { folder, namespace } = await startControlPlane();
console.log(JSON.stringify({ folder, namespace }));
setInterval(() => {}, 60_000);
