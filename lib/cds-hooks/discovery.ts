import { z } from 'zod';
import { issueOfJson } from '#lib/smart/storable-json.ts';
import { visibleLine } from '#lib/smart/visible-text.ts';
import { type HookName, hookNamed } from './hooks.ts';
import { problemOfTemplate } from './prefetch-template.ts';

/** A service as described by its discovery endpoint. */
interface DiscoveredService {
  serviceId: string;
  hook: HookName;
  title: string;
  description: string;
  /** Prefetch templates by key. */
  prefetch: Record<string, string>;
  usage: string;
}

/** The usable services, and one sentence per unusable one. */
export interface Discovery {
  services: DiscoveredService[];
  problems: string[];
}

const maxServices = 100;
const text = (max: number) => z.string('must be a text').trim().max(max);

const Service = z
  .object({
    id: z
      .string('is missing')
      .regex(
        /^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$/,
        'must be 1 to 100 letters, digits and . _ ~ -, for it is part of an address',
      ),
    hook: text(200).min(1, 'is empty'),
    title: text(200).transform(visibleLine).optional(),
    description: text(4000).min(1, 'is empty'),
    prefetch: z.record(z.string().min(1).max(100), z.string().min(1).max(2000)).optional(),
    usageRequirements: text(4000).optional(),
  })
  .superRefine(refuseUnstorable);

/**
 * Reads the response of a discovery endpoint. An unusable service does not affect the others.
 * @see https://cds-hooks.hl7.org/2.0/#discovery
 */
export function readDiscovery(document: unknown): Discovery | { problem: string } {
  const { data } = z.object({ services: z.array(z.unknown()) }).safeParse(document);
  if (!data) return { problem: 'does not answer with an object that holds a list of services' };
  if (data.services.length > maxServices) return { problem: `lists more than ${maxServices} services` };
  const found: Discovery = { services: [], problems: [] };
  data.services.forEach((service, index) => {
    add(found, service, index);
  });
  return found;
}

function add(found: Discovery, sent: unknown, index: number): void {
  const parsed = Service.safeParse(sent);
  if (!parsed.success) {
    found.problems.push(`services[${index}]${nameOf(sent)}: ${sentenceOf(parsed.error)}.`);
    return;
  }
  const { id: serviceId, hook: named, title, description, prefetch = {}, usageRequirements: usage = '' } = parsed.data;
  const hook = hookNamed(named);
  if (!hook) found.problems.push(`${serviceId}: the hook ${named} is not supported here.`);
  else if (found.services.some((other) => other.serviceId === serviceId && other.hook === hook)) {
    found.problems.push(`services[${index}] (${serviceId}): is listed a second time.`);
  } else {
    found.services.push({ serviceId, hook, title: title || serviceId, description, prefetch, usage });
    found.problems.push(...problemsOf(serviceId, prefetch));
  }
}

/**
 * Problems of a service's prefetch templates. The service is registered all the same: it may do without the data, or
 * answer 412.
 */
function problemsOf(serviceId: string, prefetch: Record<string, string>): string[] {
  return Object.entries(prefetch).flatMap(([key, template]) => {
    const problem = problemOfTemplate(template);
    return problem ? [`${serviceId}: the prefetch ${key} ${problem}. The service will not be given it.`] : [];
  });
}

function nameOf(sent: unknown): string {
  const { id } = (typeof sent === 'object' && sent !== null ? sent : {}) as { id?: unknown };
  return typeof id === 'string' ? ` (${id.slice(0, 100)})` : '';
}

/** A zod error in one line: the place and the problem of each issue. */
export function sentenceOf({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(' ')).join('; ');
}

/** A zod check that refuses values the database cannot store. */
export function refuseUnstorable(value: unknown, context: z.RefinementCtx): void {
  const problem = issueOfJson(value);
  if (problem) context.addIssue(problem);
}
