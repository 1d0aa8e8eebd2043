/** Checks the arrows between rooms, and that there were rooms to check: a broken parser finds no modules and no faults. */
import { execFileSync } from 'node:child_process';

interface Cruise {
  modules: unknown[];
  summary: { violations: { from: string; to: string; rule: { name: string } }[]; totalDependenciesCruised: number };
}

const leastModules = 100;
const output = execFileSync(
  'node_modules/.bin/depcruise',
  [
    '--config',
    '.dependency-cruiser.mjs',
    '--output-type',
    'json',
    'app',
    'components',
    'lib',
    'prisma',
    'scripts',
    'e2e',
  ],
  { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
);
const { modules, summary } = JSON.parse(output) as Cruise;
for (const { from, to, rule } of summary.violations) console.error(`${rule.name}: ${from} → ${to}`);
if (modules.length < leastModules)
  console.error(`Only ${modules.length} modules were found; there are more than that.`);
console.log(
  `${modules.length} modules, ${summary.totalDependenciesCruised} imports, ${summary.violations.length} faults`,
);
process.exit(summary.violations.length === 0 && modules.length >= leastModules ? 0 : 1);
