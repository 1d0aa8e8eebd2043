'use server';

import { redirect } from 'next/navigation';
import type { NewSandboxState } from '#components/sandbox/new-sandbox-form.tsx';
import { typedIn } from '#components/ui/form/form-state.ts';
import { recordSandbox } from '#lib/audit/record-account.ts';
import { serviceOfDefinition } from '#lib/cds-hooks/service-definition.ts';
import { noRoomForSandbox } from '#lib/data/sandbox/room.ts';
import { createSandbox } from '#lib/data/seed/new-sandboxes.ts';
import { env, ownOrigins } from '#lib/env.ts';
import { readNewSandbox } from '#lib/sandbox-file/new-sandbox.ts';
import { countChunks } from '#lib/sandbox-file/seed-chunks.ts';
import { requireForm } from '#lib/session/require-form.ts';
import { goOnWithSandboxes } from '../go-on.ts';
import { requireMaker } from '../require-maker.ts';

/** Makes the sandbox that the form describes, with the user as its administrator. */
export async function makeSandbox(_state: NewSandboxState, formData: FormData): Promise<NewSandboxState> {
  const { id: maker, username } = await requireMaker();
  requireForm(formData);
  const now = new Date();
  const typed = typedIn(formData);
  const read = await readNewSandbox(formData, { ...ownOrigins(), exposed: env().exposed, now });
  if (!('sandbox' in read)) return { ...read, typed };
  const full = await noRoomForSandbox(maker);
  if (full) return { errors: { content: [full] }, typed };
  const { sandbox } = read;
  const cdsServices = sandbox.cdsServices.map(serviceOfDefinition);
  const made = await createSandbox({ ...sandbox, cdsServices, total: countChunks(sandbox) }, { maker, now });
  if (made !== 'made') return { ...slugTaken(typed), typed };
  await recordSandbox(username, 'C', { slug: sandbox.slug, name: sandbox.name });
  goOnWithSandboxes();
  redirect('/');
}

function slugTaken({ content }: Record<string, string>): NewSandboxState {
  const errors = ['This address is taken already. Choose another.'];
  return { errors: content === 'file' ? { file: errors } : { slug: errors } };
}
