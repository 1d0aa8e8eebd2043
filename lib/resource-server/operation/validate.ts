import { validateAside } from '#lib/aside/validate-aside.ts';
import { invalid, quote } from '#lib/fhir/fhir-error.ts';
import { knownProfiles, profileOf } from '#lib/fhir/validation/profiles.ts';
import { error, outcomeOf, type ResourceIssue, withoutRepetition } from '#lib/fhir/validation/resource-issue.ts';
import type { Verb } from '#lib/smart/scope/scope.ts';
import { readStored, requireReach, requireType } from '../read/read.ts';
import { answerResource } from '../request/answer.ts';
import type { Caller } from '../request/bearer.ts';
import type { Operation } from '../request/operation.ts';
import { readValidation, type Validation } from './validate-request.ts';

const verbs: Record<Validation['mode'], Verb> = { create: 'c', update: 'u', delete: 'd' };

/**
 * `$validate`: tells whether a resource could be stored, in an OperationOutcome with status 200. Nothing is written.
 * @see https://hl7.org/fhir/R4/resource-operation-validate.html
 */
export const validate: Operation = {
  name: 'validate',
  definition: 'http://hl7.org/fhir/OperationDefinition/Resource-validate',
  levels: {
    type: { methods: ['POST'], answer: answerValidate },
    instance: { methods: ['GET', 'POST'], answer: answerValidate },
  },
  inTransactions: false,
};

/**
 * Lists the issues of the resource that was sent, or else of the stored one. The caller needs the right to create or
 * update a resource that was sent, to read a stored one, and to delete it if that is the mode.
 * @throws FhirError 403 that names the missing scope, 404 or 410 for a stored resource, 400 for a malformed request.
 */
async function answerValidate(
  request: Request,
  caller: Caller,
  { resourceType, id }: { resourceType: string; id?: string },
): Promise<Response> {
  requireType(resourceType);
  const validation = await readValidation(request, id !== undefined);
  if (validation.resource !== undefined || validation.mode === 'delete') {
    requireReach(caller.permission, resourceType, verbs[validation.mode]);
  }
  const stored = validation.resource === undefined ? await storedResource(caller, resourceType, id) : undefined;
  const resource = validation.resource ?? stored;
  const issues = [...misplaced(validation, resourceType, id), ...profileProblems(validation.profiles, resourceType)];
  if (validation.mode !== 'delete' && issues.length === 0) {
    issues.push(...(await findings(resource, caller, validation.profiles)));
  }
  return answerResource(outcomeOf(issues.length > 0 ? issues : [allWell]));
}

const allWell: ResourceIssue = { severity: 'information', expression: '', diagnostics: 'No issues were found.' };

/** The issues by the profiles that the resource claims and by those that were asked for. */
async function findings(resource: unknown, { sandbox }: Caller, profiles: string[]): Promise<ResourceIssue[]> {
  const lane = `sandbox ${sandbox.id}`;
  const claimed = await validateAside(resource, lane);
  return profiles.length === 0
    ? claimed
    : withoutRepetition([...claimed, ...(await validateAside(resource, lane, profiles))]);
}

async function storedResource(caller: Caller, type: string, id?: string): Promise<unknown> {
  if (id === undefined) throw invalid('There is no resource to validate: send one, or name a stored one by its id.');
  const { content } = await readStored(caller, type, id);
  return JSON.parse(content);
}

/** The issues of a resource whose type or id contradicts the URL. */
function misplaced({ resource, mode }: Validation, type: string, id?: string): ResourceIssue[] {
  const sent = (typeof resource === 'object' && resource !== null ? resource : {}) as Record<string, unknown>;
  if (typeof sent.resourceType === 'string' && sent.resourceType !== type) {
    return [error('', `The resource is a ${quote(sent.resourceType)} and the URL names a ${type}.`)];
  }
  if (resource === undefined || mode !== 'update' || id === undefined || sent.id === id) return [];
  return [error(`${type}.id`, `The id ${quote(String(sent.id ?? ''))} is not that of the URL, ${quote(id)}.`)];
}

function profileProblems(profiles: string[], type: string): ResourceIssue[] {
  return profiles.flatMap((canonical) => {
    if (profileOf(canonical)?.type === type) return [];
    const known = knownProfiles(type).join(', ') || 'none';
    return [error('', `${quote(canonical)} is no profile of ${type} that is at hand here. At hand: ${known}.`)];
  });
}
