/** `npm run import`: brings FHIR data files into a sandbox, on the Node that package.json pins. */
import { ensureInstalled, runOnPinnedNode } from './install.mjs';

ensureInstalled();
runOnPinnedNode('scripts/import.ts', process.argv.slice(2));
