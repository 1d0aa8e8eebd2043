/**
 * Checks the arrows between rooms, that no folders import each other in circles, and that none is crowded. Too few
 * modules is a failure as well, because a broken parser would find no violations.
 */
import { execFileSync } from 'node:child_process';
import { crowdedFolders, folderCircles, maxSources, type Source } from '#scripts/rooms/folders.ts';

interface Cruise {
  modules: { source: string; dependencies: { resolved: string }[] }[];
  summary: { violations: { from: string; to: string; rule: { name: string } }[]; totalDependenciesCruised: number };
}

const minModules = 100;
const rooms = ['app', 'components', 'lib', 'prisma', 'scripts', 'e2e'];
const config = ['--config', '.dependency-cruiser.mjs', '--output-type', 'json'];
const output = execFileSync('node_modules/.bin/depcruise', [...config, ...rooms], {
  encoding: 'utf8',
  maxBuffer: 256 * 1024 * 1024,
});
const { modules, summary } = JSON.parse(output) as Cruise;
const isOurs = (path: string) => rooms.some((room) => path.startsWith(`${room}/`));
const isSource = (path: string) => isOurs(path) && /\.(tsx?|mjs)$/.test(path) && !path.includes('/generated/');
const sources: Source[] = modules
  .filter(({ source }) => isSource(source))
  .map(({ source, dependencies }) => ({
    path: source,
    imports: dependencies.map(({ resolved }) => resolved).filter(isSource),
  }));
const problems = [
  ...summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`),
  ...folderCircles(sources).map((circle) => `Folders in a circle: ${circle.join(' → ')}`),
  ...crowdedFolders(sources).map(({ folder, count }) => `${folder} holds ${count} sources, ${maxSources} at most.`),
];
if (sources.length < minModules) problems.push(`Only ${sources.length} sources were found; there are more than that.`);
for (const problem of problems) console.error(problem);
console.log(`${modules.length} modules, ${summary.totalDependenciesCruised} imports, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
