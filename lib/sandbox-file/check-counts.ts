import { env } from '#lib/env.ts';
import { jsonPath, type Problem } from './problem.ts';
import type { SandboxFile } from './schema/schema.ts';

/** A problem for each list of a sandbox file that is longer than a sandbox of this server may have it. */
export function checkCounts({ users, clients }: SandboxFile, file: string): Problem[] {
  const { sandboxUsers, sandboxClients } = env().limits;
  const lists = [
    { name: 'users', length: users.length, max: sandboxUsers, setting: 'MAX_SANDBOX_USERS' },
    { name: 'clients', length: clients.length, max: sandboxClients, setting: 'MAX_SANDBOX_CLIENTS' },
  ];
  const long = lists.filter(({ length, max }) => length > max);
  return long.map(({ name, length, max, setting }) => ({
    file,
    path: jsonPath([name]),
    reason: `has ${length} items, and ${max} are the limit of this server (${setting})`,
  }));
}
