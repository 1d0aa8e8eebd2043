/**
 * What `npm start`, `npm test` and their like run first, on a bare checkout with any Node from 20 on:
 * `node scripts/run.mjs SCRIPT …` installs the packages and runs scripts/SCRIPT.ts on the
 * machine's Node, or on that of the packages when it is too old.
 */
import { ensureInstalled, runOnNode } from '#scripts/install/install.mjs';

const flags = {
  // Without a limit, V8 leaves garbage lying about for as long as the machine has memory. A file of 32 MB needs less.
  import: ['--max-old-space-size=448'],
};

const [, , script, ...args] = process.argv;
await ensureInstalled();
runOnNode(`scripts/${script}.ts`, args, flags[script]);
