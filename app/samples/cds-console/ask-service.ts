import { z } from 'zod';
import { AppFailure } from '../smart/failure.ts';
import { fetchFhir } from '../smart/fhir-request.ts';
import type { Session } from '../smart/session.ts';

const Discovery = z.object({
  services: z.array(
    z.object({
      id: z.string(),
      hook: z.string(),
      title: z.string().optional(),
      prefetch: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
type Service = z.infer<typeof Discovery>['services'][number];

const Link = z.object({ label: z.string(), url: z.string(), type: z.string(), appContext: z.string().optional() });
export type CardLink = z.infer<typeof Link>;

const Card = z.object({
  summary: z.string(),
  indicator: z.enum(['info', 'warning', 'critical']),
  source: z.object({ label: z.string() }),
  links: z.array(Link).default([]),
});
export type Card = z.infer<typeof Card>;

/** Asks every patient-view service at `base` about the patient of the session, as any CDS client would. */
export async function askServices(session: Session, base: string, signal: AbortSignal): Promise<Card[]> {
  const { services } = Discovery.parse(await json(`${base}/cds-services`, { signal }));
  const wanted = services.filter(({ hook }) => hook === 'patient-view');
  const answers = await Promise.all(wanted.map((service) => ask(session, base, service, signal)));
  return answers.flat();
}

async function ask(session: Session, base: string, { id, hook, prefetch = {} }: Service, signal: AbortSignal) {
  const body = {
    hook,
    hookInstance: crypto.randomUUID(),
    context: { userId: session.fhirUser ?? 'Practitioner/unknown', patientId: session.patient },
    prefetch: await fetchAll(session, prefetch, signal),
  };
  const headers = { 'content-type': 'application/json' };
  const answer = await json(`${base}/cds-services/${id}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
    signal,
  });
  return z.object({ cards: z.array(Card) }).parse(answer).cards;
}

/** The data that the templates ask for, read with the session's token; what cannot be read is left out. */
async function fetchAll(session: Session, templates: Record<string, string>, signal: AbortSignal) {
  const found = Object.entries(templates).map(async ([key, template]) => {
    const query = template.replaceAll('{{context.patientId}}', encodeURIComponent(session.patient ?? ''));
    return [key, await fetchFhir(session, query, signal).catch(() => undefined)] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}

async function json(address: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(address, init);
  if (response.ok) return response.json();
  throw new AppFailure({
    title: 'The CDS service gave no advice',
    detail: `${address} answered with the status ${response.status}.`,
    advice: 'Look at what the service needs, then launch the console again.',
  });
}
