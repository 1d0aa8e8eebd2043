'use server';

import { parseWithZod } from '@conform-to/zod/v4';
import { revalidatePath } from 'next/cache';
import { notFound, redirect } from 'next/navigation';
import type { ScenarioFormState } from '#components/scenario/scenario-form-state.ts';
import { addScenario, changeScenario, removeScenario, type ScenarioRefusal } from '#lib/data/launch/scenarios.ts';
import { findMembers } from '#lib/data/member/members.ts';
import { scenarioForm } from '#lib/smart/scenario/form.ts';
import type { LaunchScenario } from '#lib/smart/scenario/launch-scenario.ts';
import { sentId } from '../../sent-id.ts';
import { requireAdmin } from '../require-admin.ts';

/** Adds the launch scenario that the form describes to the sandbox `slug`. */
export async function makeScenario(
  slug: string,
  _state: ScenarioFormState,
  formData: FormData,
): Promise<ScenarioFormState> {
  const { sandbox } = await requireAdmin(slug, '/scenarios/new');
  return save(sandbox, formData, (scenario) => addScenario(sandbox.id, scenario));
}

/** Changes the launch scenario `id` of the sandbox `slug` to what the form describes. */
export async function saveScenario(
  slug: string,
  id: string,
  _state: ScenarioFormState,
  formData: FormData,
): Promise<ScenarioFormState> {
  const { sandbox } = await requireAdmin(slug, `/scenarios/${encodeURIComponent(id)}`);
  return save(sandbox, formData, (scenario) => changeScenario(sandbox.id, id, scenario));
}

/** Removes the launch scenario that the form names. */
export async function dropScenario(slug: string, formData: FormData): Promise<void> {
  const { sandbox } = await requireAdmin(slug, '/scenarios/new');
  if (!(await removeScenario(sandbox.id, sentId(formData, 'scenario') ?? notFound()))) notFound();
  revalidatePath(`/${slug}/scenarios`);
  redirect(`/${slug}/scenarios`);
}

async function save(
  sandbox: { id: number; slug: string },
  formData: FormData,
  write: (scenario: LaunchScenario) => Promise<ScenarioRefusal | undefined>,
): Promise<ScenarioFormState> {
  const submission = parseWithZod(formData, { schema: scenarioForm });
  if (submission.status !== 'success') return { result: submission.reply() };
  const fieldErrors = await errorsOf(sandbox.id, submission.value, write);
  if (fieldErrors) return { result: submission.reply({ fieldErrors }) };
  revalidatePath(`/${sandbox.slug}/scenarios`);
  redirect(`/${sandbox.slug}/scenarios`);
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
