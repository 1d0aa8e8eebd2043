import { z } from 'zod';
import { isId } from '#lib/fhir/reference/reference.ts';
import { type ReadParameters, readTypedParameters, TypedParameters } from '../launch/parameters-form.ts';
import { type LaunchScenario, ScenarioId, scenarioFields } from './launch-scenario.ts';

const chosen = z
  .string()
  .refine((text) => text === '' || isId(text), 'Choose one from the list.')
  .default('');

const ScenarioForm = TypedParameters.extend({
  name: z
    .string()
    .trim()
    .min(1, 'Say what the scenario is called.')
    .max(100, 'The name must not be longer than 100 characters.'),
  id: z.string().trim().default(''),
  description: z.string().trim().max(500, 'The description must not be longer than 500 characters.').default(''),
  client_id: z.string().min(1, 'Choose the app.').pipe(scenarioFields.clientId),
  user: z.string().max(200).default(''),
  patient: chosen,
  encounter: chosen,
  embed: z.enum(scenarioFields.embed.unwrap().options, 'Choose where the app opens.'),
});

/** What is wrong with a form, by the name of the field. */
export type ScenarioFaults = Record<string, string[] | undefined>;

/** Reads the form that makes or changes a launch scenario; without an id in it, the name makes one. */
export function readScenarioForm(form: FormData): { scenario: LaunchScenario } | { errors: ScenarioFaults } {
  const parsed = ScenarioForm.safeParse(Object.fromEntries(form));
  if (!parsed.success) return { errors: z.flattenError(parsed.error).fieldErrors };
  const { name, description, client_id: clientId, user: username, patient, encounter, embed, ...rest } = parsed.data;
  const { id: typedId, ...typed } = rest;
  const id = ScenarioId.safeParse(typedId || scenarioIdOf(name));
  const context = readTypedParameters(typed);
  if (!id.success)
    return { errors: { ...faultsOf(context), id: id.error.issues.map(({ message }) => `It ${message}.`) } };
  if (context.issues) return { errors: faultsOf(context) };
  const subject = { ...(patient ? { patient } : {}), ...(encounter ? { encounter } : {}) };
  const parameters = { ...context.parameters, ...subject };
  const who = username ? { username } : {};
  return { scenario: { id: id.data, name, description, clientId, ...who, parameters, embed } };
}

function faultsOf({ issues = {} }: ReadParameters): ScenarioFaults {
  return Object.fromEntries(Object.entries(issues).map(([field, issue]) => [field, [issue]]));
}

/** `Bilirubin of Baby Kowalczyk!` -> `bilirubin-of-baby-kowalczyk`; '' for a name without letters of ours. */
export function scenarioIdOf(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 64)
    .replaceAll(/^-|-$/g, '');
}
