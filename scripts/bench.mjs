/** `npm run bench`: measures the server against PostgreSQL, on the Node that package.json pins. */
import { ensureInstalled, runOnPinnedNode } from '#scripts/install.mjs';

ensureInstalled();
runOnPinnedNode('scripts/bench.ts', process.argv.slice(2));
