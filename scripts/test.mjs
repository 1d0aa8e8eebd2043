/** `npm test`: every check and every test, on the Node that package.json pins. */
import { ensureInstalled, runOnPinnedNode } from '#scripts/install.mjs';

ensureInstalled();
runOnPinnedNode('scripts/test.ts', process.argv.slice(2));
