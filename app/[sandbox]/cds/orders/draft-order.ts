import { z } from 'zod';

/** The id of a FHIR resource. */
export const Id = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/);

/** An order that the chart holds until it is signed; its rules are those of R4, and judged when it is written. */
export const DraftOrder = z.looseObject({
  resourceType: z.literal('MedicationRequest'),
  id: z.string().regex(/^draft-[A-Za-z0-9-]{1,50}$/),
});
