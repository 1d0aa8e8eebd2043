import { z } from 'zod';
import { isId, parseReference } from '#lib/fhir/reference/reference.ts';

/** A role that this guide defines, or one of somebody's own, which must be an absolute URI. */
const Role = z
  .string()
  .refine((role) => role === 'launch' || (/^[a-z][a-z0-9+.-]*:\S+$/i.test(role) && URL.canParse(role)), {
    error: 'must be launch or an absolute URI',
  });
const text = z.string().min(1, 'must not be empty');

const Entry = z
  .looseObject({
    reference: text.optional(),
    canonical: text.optional(),
    identifier: z.record(z.string(), z.unknown()).optional(),
    type: text.optional(),
    role: Role.optional(),
  })
  .refine(
    ({ reference, canonical, identifier }) => reference ?? canonical ?? identifier,
    'must have a reference, a canonical or an identifier',
  )
  .refine(
    ({ role = 'launch', ...entry }) => role !== 'launch' || !isTopLevel(entry),
    'stands for a Patient or an Encounter: name those as patient and encounter, or say their role here',
  );

const topLevel = /(^|\/)(Patient|Encounter)(\/[^/]+(\/_history\/[^/]+)?)?$/;

function isTopLevel({ reference = '', type = '' }: { reference?: string | undefined; type?: string | undefined }) {
  return topLevel.test(reference) || topLevel.test(type);
}

/** Apps of the first two generations know an entry as the text of its reference. */
const FhirContext = z.array(z.preprocess((entry) => (typeof entry === 'string' ? { reference: entry } : entry), Entry));

/**
 * What is wrong with `fhirContext` as somebody sent it, as the end of a sentence; undefined when it is in order.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#fhircontext-exp
 */
export function issueOfFhirContext(sent: unknown): string | undefined {
  const [issue] = FhirContext.safeParse(sent).error?.issues ?? [];
  if (!issue) return undefined;
  const [index, member] = issue.path;
  const place = index === undefined ? '' : `[${String(index)}]${member === undefined ? '' : `.${String(member)}`}`;
  const said = ['custom', 'too_small'].includes(issue.code) ? issue.message : 'is not as SMART App Launch 2.2 has it';
  return `fhirContext${place} ${said}`;
}

/** `fhirContext` as the token response carries it: objects, whichever form was sent; undefined when there is nothing in it. */
export function fhirContextOf(sent: unknown): object[] | undefined {
  const entries = FhirContext.safeParse(sent).data ?? [];
  return entries.length > 0 ? entries : undefined;
}

/**
 * The resources of the FHIR server at `fhirBase` that the customary names `location` and `resource` may mean, as
 * `Type/id`: a bare id of a Location among them. No specification says what stands there, so that anything may.
 */
export function customaryReferences({ location, resource }: Record<string, unknown>, fhirBase: string): string[] {
  const place = isId(location) ? `Location/${location}` : location;
  return [place, resource].flatMap((sent) => {
    const named = typeof sent === 'string' ? parseReference(sent, fhirBase) : undefined;
    return named ? [`${named.resourceType}/${named.id}`] : [];
  });
}

/** The resources of the FHIR server at `fhirBase` that `fhirContext` names, as `Type/id`, whichever form was sent. */
export function fhirContextReferences(sent: unknown, fhirBase: string): string[] {
  const entries = FhirContext.safeParse(sent).data ?? [];
  return entries.flatMap(({ reference }) => {
    const named = reference === undefined ? undefined : parseReference(reference, fhirBase);
    return named ? [`${named.resourceType}/${named.id}`] : [];
  });
}
