import { z } from 'zod';

/** The members of FHIR R4 resources that these apps read. Anything else in a resource is ignored. */
const coding = z.object({ system: z.string().optional(), code: z.string().optional(), display: z.string().optional() });
export const codeableConcept = z.object({ coding: z.array(coding).optional(), text: z.string().optional() });
export const reference = z.object({ reference: z.string().optional(), display: z.string().optional() });
export const period = z.object({ start: z.string().optional(), end: z.string().optional() });

const humanName = z.object({
  use: z.string().optional(),
  text: z.string().optional(),
  family: z.string().optional(),
  given: z.array(z.string()).optional(),
  prefix: z.array(z.string()).optional(),
});

const extension = z.object({ url: z.string(), valueDateTime: z.string().optional() });

export const patientSchema = z.object({
  resourceType: z.literal('Patient'),
  id: z.string(),
  name: z.array(humanName).optional(),
  gender: z.string().optional(),
  birthDate: z.string().optional(),
  _birthDate: z.object({ extension: z.array(extension).optional() }).optional(),
  identifier: z.array(z.object({ type: codeableConcept.optional(), value: z.string().optional() })).optional(),
});

export const practitionerSchema = z.object({
  resourceType: z.string(),
  id: z.string(),
  name: z.array(humanName).optional(),
});

export const locationSchema = z.object({
  resourceType: z.literal('Location'),
  id: z.string(),
  name: z.string().optional(),
});

export type HumanName = z.infer<typeof humanName>;
export type CodeableConcept = z.infer<typeof codeableConcept>;
export type Reference = z.infer<typeof reference>;
export type Patient = z.infer<typeof patientSchema>;
export type Practitioner = z.infer<typeof practitionerSchema>;
export type Location = z.infer<typeof locationSchema>;

/** The resources of one type, and how many of that type did not have the shape R4 gives them. */
export function readAll<T>(
  resources: unknown[],
  resourceType: string,
  schema: z.ZodType<T>,
): { values: T[]; unreadable: number } {
  const candidates = resources.filter((resource) => typeOf(resource) === resourceType);
  const values = candidates.flatMap((candidate) => {
    const parsed = schema.safeParse(candidate);
    return parsed.success ? [parsed.data] : [];
  });
  return { values, unreadable: candidates.length - values.length };
}

function typeOf(resource: unknown): unknown {
  return typeof resource === 'object' && resource !== null && 'resourceType' in resource && resource.resourceType;
}
