/** `npm run import`: brings FHIR data files into a sandbox, on the Node that package.json pins. */
import { ensureInstalled, runOnPinnedNode } from '#scripts/install.mjs';

ensureInstalled();
// Without a limit, V8 leaves garbage lying about for as long as the machine has memory. A file of 32 MB needs less.
runOnPinnedNode('scripts/import.ts', process.argv.slice(2), ['--max-old-space-size=448']);
