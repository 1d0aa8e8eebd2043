import { database } from '#lib/data/database/database.ts';

/** Two sandboxes, `ours` and `theirs`, by their ids, and the ids of people by their usernames. */
export interface TwoSandboxes {
  ours: number;
  theirs: number;
  people: Record<'admin' | 'clinician' | 'patient' | 'stranger', string>;
}

/** Makes both sandboxes: three people of ours, named after their roles, and a stranger, who is admin of theirs. */
export async function makeTwoSandboxes(): Promise<TwoSandboxes> {
  const [ours, theirs] = [await makeSandbox('ours', 'Ours'), await makeSandbox('theirs', 'Theirs')];
  const people = {
    admin: await makePerson('admin', ours, 'admin'),
    clinician: await makePerson('clinician', ours, 'clinician'),
    patient: await makePerson('patient', ours, 'patient'),
    stranger: await makePerson('stranger', theirs, 'admin'),
  };
  return { ours, theirs, people };
}

async function makeSandbox(slug: string, name: string): Promise<number> {
  return (await database().sandbox.create({ data: { slug, name } })).id;
}

async function makePerson(username: string, sandboxId: number, role: 'admin' | 'clinician' | 'patient') {
  const memberships = { create: { sandboxId, role } };
  const data = { username, name: `The ${username}`, passwordHash: '', memberships };
  return (await database().user.create({ data })).id;
}
