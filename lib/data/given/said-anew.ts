import { isDeepStrictEqual } from 'node:util';
import { Prisma } from '#prisma/generated/client.ts';
import type { AppliedChange } from './applied.ts';
import type { PlannedPart } from './plan.ts';

/**
 * What a file says of an app or CDS service that is there otherwise than before, member by member. What an administrator
 * has disabled is enabled only where the file had disabled it, or a start because the file no longer named it.
 */
export function saidAnew<Said extends { enabled: boolean }>(
  { given, takenBack, changes }: PlannedPart,
  said: Said,
  row: string | undefined,
): Partial<Said> {
  const comesBack = takenBack !== undefined && (takenBack.row ?? row) === row;
  const entries = Object.entries(said).filter(([name]) => {
    const isSwitchedOn = name === 'enabled' && said.enabled;
    return changes(name) && (!isSwitchedOn || given !== undefined || comesBack);
  });
  return Object.fromEntries(entries) as Partial<Said>;
}

/** Those of some values that a row does not have already. */
export function differing<Values extends object>(values: Values, row: object): Partial<Values> {
  const stored = new Map(Object.entries(row));
  const entries = Object.entries(values).filter(
    ([name, value]) => !isDeepStrictEqual(value === Prisma.DbNull ? null : value, stored.get(name)),
  );
  return Object.fromEntries(entries) as Partial<Values>;
}

/** The event of a change that names the members it is about; none when nothing has changed. */
export function changesOf(
  kind: AppliedChange['kind'],
  about: AppliedChange['about'],
  members: string[],
): AppliedChange[] {
  return members.length === 0 ? [] : [{ kind, action: 'U', about: { ...about, changed: members.join(',') } }];
}
