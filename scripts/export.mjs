/** `npm run export`: writes the FHIR data of a sandbox to files, on the Node that package.json pins. */
import { ensureInstalled, runOnPinnedNode } from '#scripts/install.mjs';

ensureInstalled();
runOnPinnedNode('scripts/export.ts', process.argv.slice(2));
