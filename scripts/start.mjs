/** `npm start`: works on a bare checkout with any Node from 20 on; the rest runs on the Node that package.json pins. */
import { ensureInstalled, runOnPinnedNode } from '#scripts/install.mjs';

ensureInstalled();
runOnPinnedNode('scripts/serve.ts', process.argv.slice(2));
