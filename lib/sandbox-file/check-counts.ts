import { env } from '#lib/env.ts';
import { longListIn, tooManyItems } from '#lib/smart/long-list.ts';
import { jsonPath, type Problem } from './problem.ts';

/** The most items of lists for which the server has no setting. */
const maxOthers = { cdsServices: 2000, scenarios: 2000, data: 10_000 };

/**
 * A problem for each list of a sandbox file, as it is written, that is longer than a sandbox of this server may have it.
 * It is asked before anything looks at the items, each of which may have problems of its own.
 */
export function checkCounts(written: unknown, file: string): Problem[] {
  if (typeof written !== 'object' || written === null) return [];
  const members = written as Record<string, unknown>;
  const limits = limitsOfLists();
  const long = limits.flatMap(({ name, max, setting }): Problem[] => {
    const list = members[name];
    if (!Array.isArray(list) || list.length <= max) return [];
    const by = setting ? `are the limit of this server (${setting})` : 'are the most that a file may have';
    return [{ file, path: jsonPath([name]), reason: `has ${list.length} items, and ${max} ${by}` }];
  });
  return long.length > 0 ? long : longMembers(members, new Set(limits.map(({ name }) => name)), file);
}

function limitsOfLists(): { name: string; max: number; setting?: string }[] {
  const { sandboxUsers, sandboxClients } = env().limits;
  return [
    { name: 'users', max: sandboxUsers, setting: 'MAX_SANDBOX_USERS' },
    { name: 'clients', max: sandboxClients, setting: 'MAX_SANDBOX_CLIENTS' },
    ...Object.entries(maxOthers).map(([name, max]) => ({ name, max })),
  ];
}

/** The first list within the items of the lists, or within another member, that is too long. Resources may be any. */
function longMembers(members: Record<string, unknown>, lists: Set<string>, file: string): Problem[] {
  if (longListIn(Object.keys(members))) return [{ file, path: '$', reason: tooManyItems() }];
  const { data: _, ...others } = members;
  for (const [name, member] of Object.entries(others)) {
    const within = lists.has(name) ? longListInItems(member) : longListIn(member);
    if (within) return [{ file, path: jsonPath([name, ...within]), reason: tooManyItems() }];
  }
  return [];
}

function longListInItems(list: unknown): (string | number)[] | undefined {
  if (!Array.isArray(list)) return longListIn(list);
  for (const [index, item] of list.entries()) {
    const within = longListIn(item);
    if (within) return [index, ...within];
  }
  return undefined;
}
