import { z } from 'zod';
import { courseOf } from '../bilirubin-chart/course.ts';
import { measurementsOf, observationSchema } from '../bilirubin-chart/observation.ts';
import { birthOf } from '../smart/birth.ts';
import { patientSchema, readAll } from '../smart/resources.ts';
import { bilirubinCard } from './bilirubin-card.ts';
import { newbornBilirubin } from './service.ts';

const Request = z.object({
  hook: z.literal(newbornBilirubin.hook),
  context: z.object({ patientId: z.string() }),
  prefetch: z.object({ patient: z.unknown(), bilirubin: z.unknown() }).partial().optional(),
});

const Bundle = z.object({ entry: z.array(z.object({ resource: z.unknown() })).default([]) });

type Advice = { status: 200; cards: object[] } | { status: 400 | 412; error: string };

/**
 * The service's response: at most one card, or 412 if the prefetch lacks what it needs, since it fetches nothing
 * itself. `origin` is that of the Bilirubin Chart.
 * @see https://cds-hooks.hl7.org/2.0/#cds-service-response
 */
export function advise(body: unknown, origin: string): Advice {
  const { data } = Request.safeParse(body);
  if (!data) return { status: 400, error: 'This is no patient-view request of CDS Hooks.' };
  const { patient, bilirubin } = data.prefetch ?? {};
  const known = patientSchema.safeParse(patient);
  if (!known.success || bilirubin === undefined) {
    return { status: 412, error: 'The service needs the prefetch keys patient and bilirubin.' };
  }
  const found = Bundle.safeParse(bilirubin);
  const resources = found.success ? found.data.entry.map(({ resource }) => resource) : [];
  const { values } = readAll(resources, 'Observation', observationSchema);
  const course = courseOf(measurementsOf(values), birthOf(known.data));
  const card = bilirubinCard(course, data.context.patientId, origin);
  return { status: 200, cards: card ? [card] : [] };
}
