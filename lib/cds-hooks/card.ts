import { z } from 'zod';
import { isWebAddress } from '#lib/address/web-address.ts';
import { visibleLine } from '#lib/smart/visible-text.ts';

/** An address that a user's browser may be sent to: http or https only. */
const WebAddress = z.string().max(4000).refine(isWebAddress, 'must be an absolute http(s) address');

const line = (max: number) =>
  z
    .string('must be a text')
    .transform(visibleLine)
    .pipe(z.string().trim().min(1, 'is empty').max(max, `is longer than ${max} characters`));

export const Coding = z.object({
  system: z.string().max(1000).optional(),
  code: z.string().max(1000).optional(),
  display: z.string().max(1000).optional(),
});
export type Coding = z.infer<typeof Coding>;

const Resource = z.looseObject({ resourceType: z.string(), id: z.string().optional() });

/**
 * A change proposed by a service. Older services name the resource to delete in `resource`.
 * @see https://cds-hooks.hl7.org/2.0/#action
 */
export const Action = z
  .object({
    type: z.enum(['create', 'update', 'delete'], 'must be create, update or delete'),
    description: line(2000).optional(),
    resource: z.union([Resource, z.string()]).optional(),
    resourceId: z.union([z.string(), z.array(z.string())]).optional(),
  })
  .superRefine(({ type, resource, resourceId }, context) => {
    const needs = type === 'delete' ? (resourceId ?? resource) !== undefined : typeof resource === 'object';
    if (!needs) context.addIssue(type === 'delete' ? 'must name what to delete in resourceId' : 'must have a resource');
    else if (type === 'update' && typeof resource === 'object' && !resource.id)
      context.addIssue('must name the id of the resource');
  });
export type Action = z.infer<typeof Action>;

const Suggestion = z.object({
  label: line(500),
  uuid: z.string().max(200).optional(),
  isRecommended: z.boolean().optional(),
  actions: z.array(Action).max(20).default([]),
});

const Link = z.object({
  label: line(500),
  url: WebAddress,
  type: z.enum(['absolute', 'smart'], 'must be absolute or smart'),
  appContext: z.string().max(20_000).optional(),
});
export type Link = z.infer<typeof Link>;

/** @see https://cds-hooks.hl7.org/2.0/#card-attributes */
export const Card = z
  .object({
    uuid: z.string().max(200).optional(),
    summary: line(140),
    detail: z.string().max(50_000).optional(),
    indicator: z.enum(['info', 'warning', 'critical'], 'must be info, warning or critical'),
    source: z.object({
      label: line(500),
      url: WebAddress.optional(),
      icon: WebAddress.optional(),
      topic: Coding.optional(),
    }),
    suggestions: z.array(Suggestion).max(20).default([]),
    selectionBehavior: z.enum(['at-most-one', 'any'], 'must be at-most-one or any').optional(),
    overrideReasons: z
      .array(Coding.extend({ display: line(500) }))
      .max(50)
      .default([]),
    links: z.array(Link).max(20).default([]),
  })
  .superRefine(({ suggestions, selectionBehavior }, context) => {
    if (suggestions.length === 0 || selectionBehavior) return;
    context.addIssue({
      code: 'custom',
      path: ['selectionBehavior'],
      message: 'is missing, though there are suggestions',
    });
  });
export type Card = z.infer<typeof Card>;
