import type { ComparedPart } from '#lib/data/given/plan.ts';
import { accountNameOf, type KnownUser } from '#lib/data/member/account-names.ts';
import { usernameIn } from '#lib/smart/member/account-name.ts';
import { jsonPath, type Problem } from './problem.ts';
import type { SandboxFile } from './schema/schema.ts';

/** A sandbox file whose users and scenarios have the names by which people sign in. */
export interface NamedFile {
  sandbox: SandboxFile;
  compared: ComparedPart[];
  problems: Problem[];
  /** Users who sign in by another name than the file says. */
  warnings: Problem[];
}

/**
 * Names the users of the operator's sandbox file, by the accounts that there are.
 * @param compared its parts; a user who has chosen another password since another file gave this one keeps it
 */
export async function nameUsers(
  { sandbox, compared }: Pick<NamedFile, 'sandbox' | 'compared'>,
  file: string,
  alongside: KnownUser['alongside'],
): Promise<NamedFile> {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const names = new Map<string, string>();
  const kept = new Set<string>();
  for (const [index, user] of sandbox.users.entries()) {
    const path = jsonPath(['users', index, 'username']);
    const found = await nameOf(sandbox.slug, user, { compared, alongside });
    if ('reason' in found) problems.push({ file, path, reason: found.reason });
    else if (found.username !== user.username) {
      const reason = `signs in as ${found.username}, since ${user.username} is not a name of this sandbox`;
      warnings.push({ file, path, reason });
      names.set(user.username, found.username);
    }
    if ('keepsPassword' in found && found.keepsPassword) kept.add(user.username);
  }
  const name = (username: string) => names.get(username) ?? username;
  const parts = compared.map((one) => withName(one, name, kept));
  return { sandbox: withNames(sandbox, name), compared: parts, problems, warnings };
}

async function nameOf(
  slug: string,
  user: SandboxFile['users'][number],
  { compared, alongside }: Pick<NamedFile, 'compared'> & Pick<KnownUser, 'alongside'>,
) {
  const one = compared.find(({ part }) => part.kind === 'user' && part.key === user.username);
  const same = one !== undefined && !one.changed && !one.secretChanged;
  // Nothing of them is written, so that it does not matter who has the name now.
  if (same && one.given?.username !== undefined) return { username: one.given.username };
  return accountNameOf(slug, user, { given: one?.given, samePassword: !one?.secretChanged, alongside });
}

function withName(one: ComparedPart, name: (username: string) => string, kept: Set<string>): ComparedPart {
  const { part } = one;
  if (part.kind === 'scenario') return { ...one, part: { ...part, scenario: scenarioWithName(part.scenario, name) } };
  if (part.kind !== 'user') return one;
  const user = { ...part.user, username: name(part.user.username) };
  return { ...one, part: { ...part, user }, secretChanged: one.secretChanged && !kept.has(part.key) };
}

/** Names the users of an uploaded sandbox file after its sandbox, so that they are nobody's of another one. */
export function nameUsersAfter(sandbox: SandboxFile): SandboxFile {
  return withNames(sandbox, (username) => usernameIn(sandbox.slug, username));
}

function withNames(sandbox: SandboxFile, name: (username: string) => string): SandboxFile {
  return {
    ...sandbox,
    users: sandbox.users.map((user) => ({ ...user, username: name(user.username) })),
    scenarios: sandbox.scenarios.map((scenario) => scenarioWithName(scenario, name)),
  };
}

function scenarioWithName<Scenario extends { username?: string | undefined }>(
  scenario: Scenario,
  name: (username: string) => string,
): Scenario {
  return scenario.username === undefined ? scenario : { ...scenario, username: name(scenario.username) };
}
