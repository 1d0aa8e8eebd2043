import { isPublished } from '#lib/data/member/published-passwords.ts';
import { jsonPath, type Problem } from './problem.ts';
import type { SandboxFile } from './schema/schema.ts';

const reason =
  'is published with this software, and others than this machine can reach this server; choose another password';

/** Problems for users whose password everybody can read, which is for servers that only their own machine reaches. */
export function checkPasswords({ users }: Pick<SandboxFile, 'users'>, file: string, exposed: boolean): Problem[] {
  if (!exposed) return [];
  return users.flatMap(({ password }, index) =>
    isPublished(password) ? [{ file, path: jsonPath(['users', index, 'password']), reason }] : [],
  );
}
