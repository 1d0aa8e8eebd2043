/** What npm starts: runs the process of `serving.ts` as its child, as `npm start` does with the server. */
import { runOnNode } from '#scripts/install/install.mjs';

runOnNode('scripts/ending/tests/serving.ts', process.argv.slice(2));
