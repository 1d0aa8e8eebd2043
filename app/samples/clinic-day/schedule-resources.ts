import { z } from 'zod';
import { codeableConcept, period, reference } from '../smart/resources.ts';

/** The members of Appointment and Encounter (FHIR R4) that the day list reads. */
export const appointmentSchema = z.object({
  resourceType: z.literal('Appointment'),
  id: z.string(),
  status: z.string(),
  start: z.string().optional(),
  end: z.string().optional(),
  description: z.string().optional(),
  reasonCode: z.array(codeableConcept).optional(),
  serviceType: z.array(codeableConcept).optional(),
  appointmentType: codeableConcept.optional(),
  participant: z.array(z.object({ actor: reference.optional() })).optional(),
});

export const encounterSchema = z.object({
  resourceType: z.literal('Encounter'),
  id: z.string(),
  status: z.string(),
  period: period.optional(),
  type: z.array(codeableConcept).optional(),
  reasonCode: z.array(codeableConcept).optional(),
  subject: reference.optional(),
  participant: z.array(z.object({ individual: reference.optional() })).optional(),
  location: z.array(z.object({ location: reference.optional() })).optional(),
});

export type Appointment = z.infer<typeof appointmentSchema>;
export type Encounter = z.infer<typeof encounterSchema>;
