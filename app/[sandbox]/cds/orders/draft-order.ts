import { z } from 'zod';
import { isId } from '#lib/fhir/reference/reference.ts';

/** The id of a FHIR resource. */
export const Id = z.string().refine(isId);

/** An order that the chart holds until it is signed. Whether it is valid R4 is judged when it is written. */
export const DraftOrder = z.looseObject({
  resourceType: z.literal('MedicationRequest'),
  id: z.string().regex(/^draft-[A-Za-z0-9-]{1,50}$/),
});
