import { z } from 'zod';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { isId } from '#lib/fhir/reference/reference.ts';
import { type ReadParameters, readTypedParameters, TypedParameters } from '../launch/parameters-form.ts';
import { oneVisibleLine, visibleParagraphs } from '../visible-text.ts';
import { type LaunchScenario, ScenarioId, scenarioFields } from './launch-scenario.ts';

const chosen = z
  .string()
  .refine((id) => id === '' || isId(id), 'Choose one from the list.')
  .default('');

const ScenarioFields = TypedParameters.extend({
  name: z
    .string()
    .trim()
    .min(1, 'Say what the scenario is called.')
    .max(100, 'The name must not be longer than 100 characters.')
    .superRefine(oneVisibleLine('The name'))
    .prefault(''),
  id: z.string().trim().default(''),
  description: z
    .string()
    .trim()
    .max(500, 'The description must not be longer than 500 characters.')
    .superRefine(visibleParagraphs('The description'))
    .default(''),
  client_id: z.string().min(1, 'Choose the app.').pipe(scenarioFields.clientId).prefault(''),
  user: z.string().max(200).default(''),
  patient: chosen,
  encounter: chosen,
  embed: z.enum(scenarioFields.embed.unwrap().options, 'Choose where the app opens.'),
});

const typed = z.string().optional();
const TypedScenario = TypedParameters.extend({
  name: typed,
  id: typed,
  description: typed,
  client_id: typed,
  user: typed,
  patient: typed,
  encounter: typed,
  embed: typed,
});

/** The form of a launch scenario as it is sent: text as it was typed, which no rule has judged. */
export type TypedScenario = z.infer<typeof TypedScenario>;

/**
 * A schema that turns the typed form into a launch scenario, or into sentences, each beside the field that it is about.
 * Without a typed id, the id is made from the name.
 */
export const scenarioForm = TypedScenario.transform((sent, context): LaunchScenario => {
  const fields = ScenarioFields.safeParse(sent);
  const read = fields.success ? toScenario(fields.data) : { errors: z.flattenError(fields.error).fieldErrors };
  if ('scenario' in read) return read.scenario;
  for (const [field, messages = []] of Object.entries(read.errors)) {
    for (const message of messages) context.addIssue({ code: 'custom', path: [field], message });
  }
  return z.NEVER;
});

type FieldErrors = Partial<Record<string, string[]>>;

function toScenario(fields: z.infer<typeof ScenarioFields>): { scenario: LaunchScenario } | { errors: FieldErrors } {
  const { name, description, client_id: clientId, user: username, patient, encounter, embed, ...rest } = fields;
  const { id: typedId, ...typedContext } = rest;
  const id = ScenarioId.safeParse(typedId || scenarioIdOf(name));
  const context = readTypedParameters(typedContext);
  if (!id.success) {
    return { errors: { ...errorsOf(context), id: id.error.issues.map(({ message }) => `It ${message}.`) } };
  }
  if (context.issues) return { errors: errorsOf(context) };
  const subject = withoutUndefined({ patient: patient || undefined, encounter: encounter || undefined });
  const parameters = { ...context.parameters, ...subject };
  return {
    scenario: { id: id.data, name, description, clientId, username: username || undefined, parameters, embed },
  };
}

function errorsOf({ issues = {} }: ReadParameters): FieldErrors {
  return Object.fromEntries(Object.entries(issues).map(([field, issue]) => [field, [issue]]));
}

/** `Bilirubin of Baby Kowalczyk!` -> `bilirubin-of-baby-kowalczyk`; '' for a name without letters a to z and digits. */
export function scenarioIdOf(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 64)
    .replaceAll(/^-|-$/g, '');
}
