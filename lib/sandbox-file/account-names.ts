import { accountNameOf } from '#lib/data/member/account-names.ts';
import { usernameIn } from '#lib/smart/member/account-name.ts';
import { jsonPath, type Problem } from './problem.ts';
import type { SandboxFile } from './schema/schema.ts';

/** A sandbox file whose users and scenarios have the names by which people sign in. */
export interface NamedFile {
  sandbox: SandboxFile;
  problems: Problem[];
  /** Users who sign in by another name than the file says. */
  warnings: Problem[];
}

/** Names the users of the operator's sandbox file, by the accounts that there are. */
export async function nameUsers(sandbox: SandboxFile, file: string): Promise<NamedFile> {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const names = new Map<string, string>();
  for (const [index, user] of sandbox.users.entries()) {
    const path = jsonPath(['users', index, 'username']);
    const found = await accountNameOf(sandbox.slug, user);
    if ('reason' in found) problems.push({ file, path, reason: found.reason });
    else if (found.username !== user.username) {
      const reason = `signs in as ${found.username}, since ${user.username} is not a name of this sandbox`;
      warnings.push({ file, path, reason });
      names.set(user.username, found.username);
    }
  }
  return { sandbox: withNames(sandbox, (username) => names.get(username) ?? username), problems, warnings };
}

/** Names the users of an uploaded sandbox file after its sandbox, so that they are nobody's of another one. */
export function nameUsersAfter(sandbox: SandboxFile): SandboxFile {
  return withNames(sandbox, (username) => usernameIn(sandbox.slug, username));
}

function withNames(sandbox: SandboxFile, name: (username: string) => string): SandboxFile {
  return {
    ...sandbox,
    users: sandbox.users.map((user) => ({ ...user, username: name(user.username) })),
    scenarios: sandbox.scenarios.map((scenario) =>
      scenario.username === undefined ? scenario : { ...scenario, username: name(scenario.username) },
    ),
  };
}
