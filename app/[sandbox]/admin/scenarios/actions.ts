'use server';

import { parseWithZod } from '@conform-to/zod/v4';
import { revalidatePath } from 'next/cache';
import { notFound, redirect } from 'next/navigation';
import type { ScenarioFormState } from '#components/scenario/scenario-form-state.ts';
import { addScenario, changeScenario, removeScenario, type ScenarioRefusal } from '#lib/data/launch/scenarios.ts';
import { findMembers } from '#lib/data/member/members.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { requireForm, requireNames } from '#lib/session/require-form.ts';
import { scenarioForm } from '#lib/smart/scenario/form.ts';
import type { LaunchScenario } from '#lib/smart/scenario/launch-scenario.ts';
import { sentId } from '../../../_form/sent-id.ts';
import { recordChange } from '../record-change.ts';
import { requireAdmin } from '../require-admin.ts';

/** Adds the launch scenario that the form describes to the sandbox `slug`. */
export async function makeScenario(
  slug: string,
  _state: ScenarioFormState,
  formData: FormData,
): Promise<ScenarioFormState> {
  const admin = await requireAdmin(slug, '/scenarios/new');
  requireForm(formData);
  return save(admin, 'C', formData, (scenario) => addScenario(admin.sandbox.id, scenario));
}

/** Changes the launch scenario `id` of the sandbox `slug` to what the form describes. */
export async function saveScenario(
  slug: string,
  id: string,
  _state: ScenarioFormState,
  formData: FormData,
): Promise<ScenarioFormState> {
  requireNames(id);
  const admin = await requireAdmin(slug, `/scenarios/${encodeURIComponent(id)}`);
  requireForm(formData);
  return save(admin, 'U', formData, (scenario) => changeScenario(admin.sandbox.id, id, scenario));
}

/** Removes the launch scenario that the form names. */
export async function dropScenario(slug: string, formData: FormData): Promise<void> {
  const admin = await requireAdmin(slug, '/scenarios/new');
  requireForm(formData);
  const id = sentId(formData, 'scenario') ?? notFound();
  if (!(await removeScenario(admin.sandbox.id, id))) notFound();
  await record(admin, 'D', id);
  revalidatePath(`/${slug}/scenarios`);
  redirect(`/${slug}/scenarios`);
}

async function save(
  admin: Member,
  action: 'C' | 'U',
  formData: FormData,
  write: (scenario: LaunchScenario) => Promise<ScenarioRefusal | undefined>,
): Promise<ScenarioFormState> {
  const { sandbox } = admin;
  const submission = parseWithZod(formData, { schema: scenarioForm });
  if (submission.status !== 'success') return { result: submission.reply() };
  const fieldErrors = await errorsOf(sandbox.id, submission.value, write);
  if (fieldErrors) return { result: submission.reply({ fieldErrors }) };
  await record(admin, action, submission.value.id);
  revalidatePath(`/${sandbox.slug}/scenarios`);
  redirect(`/${sandbox.slug}/scenarios`);
}

function record(admin: Member, action: 'C' | 'U' | 'D', scenario: string): Promise<void> {
  return recordChange(admin, { kind: 'scenario', action, page: '/scenarios', about: { scenario } });
}

/** Does `write` unless the scenario names something that is not there; that becomes an error beside its field. */
async function errorsOf(
  sandboxId: number,
  scenario: LaunchScenario,
  write: (scenario: LaunchScenario) => Promise<ScenarioRefusal | undefined>,
): Promise<Record<string, string[]> | undefined> {
  const { username } = scenario;
  if (username !== undefined && !(await findMembers(sandboxId)).some((member) => member.username === username)) {
    return { user: ['This person is no member of this sandbox.'] };
  }
  const refusal = await write(scenario);
  return refusal && (refusalErrors[refusal] ?? notFound());
}

const refusalErrors: Record<ScenarioRefusal, Record<string, string[]> | undefined> = {
  'no-such-scenario': undefined,
  'unknown-client': { client_id: ['This app is not registered here any more.'] },
  'id-taken': { id: ['Another scenario has this name in its link. Choose another.'] },
};
