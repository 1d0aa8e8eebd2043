import type { ParametersParameter } from 'fhir/r4';
import { FhirError, invalid, quote } from '#lib/fhir/fhir-error.ts';
import { findUnsafeStructure } from '#lib/fhir/validation/validation.ts';
import { jsonBody } from '../request/resource-body.ts';

/** The content of a request for `$validate`. */
export interface Validation {
  /** Undefined when the stored resource is to be validated. */
  resource: unknown;
  /** The intended interaction; without a mode, or with `profile`, an update of an instance or a create. */
  mode: 'create' | 'update' | 'delete';
  /** Canonical URLs of the profiles to check against, beside those that the resource claims. */
  profiles: string[];
}

/**
 * Reads a resource or a Parameters resource from the body, and `mode` and `profile` from the Parameters or the URL.
 * @throws FhirError 400 for an unknown mode, or parameters that do not fit the operation's definition.
 */
export async function readValidation(request: Request, ofInstance: boolean): Promise<Validation> {
  const query = new URL(request.url).searchParams;
  const body = request.method === 'POST' ? await bodyOf(request) : undefined;
  const parameters = parametersOf(body);
  const mode = texts(parameters, 'mode')[0] ?? query.get('mode') ?? 'profile';
  return {
    resource: parameters ? parameters.find(({ name }) => name === 'resource')?.resource : body,
    mode: readMode(mode, ofInstance),
    profiles: [...texts(parameters, 'profile'), ...query.getAll('profile')],
  };
}

/** The body, if there is one: a POST without a body validates the stored resource. */
async function bodyOf(request: Request): Promise<unknown> {
  if (request.body === null || request.headers.get('content-length') === '0') return undefined;
  return jsonBody(request);
}

function readMode(mode: string, ofInstance: boolean): Validation['mode'] {
  if (mode === 'create' || mode === 'update') return mode;
  if (mode === 'delete' && ofInstance) return mode;
  if (mode === 'profile') return ofInstance ? 'update' : 'create';
  const known = ofInstance ? 'create, update, delete or profile' : 'create, update or profile';
  throw new FhirError(400, 'not-supported', `The mode is ${known} here, not ${quote(mode)}.`);
}

/** The parameters of a Parameters resource; undefined for any other body. */
function parametersOf(body: unknown): ParametersParameter[] | undefined {
  const { resourceType, parameter } = (typeof body === 'object' && body !== null ? body : {}) as Record<
    string,
    unknown
  >;
  if (resourceType !== 'Parameters') return undefined;
  const unsafe = findUnsafeStructure(body, 'Parameters');
  if (unsafe) throw invalid(`${unsafe.expression.slice(0, 80)}: ${unsafe.diagnostics}`);
  if (!Array.isArray(parameter) || parameter.some((one) => typeof one?.name !== 'string')) {
    throw invalid('Parameters.parameter is a list of named parameters: resource, mode and profile.');
  }
  return parameter;
}

function texts(parameters: ParametersParameter[] = [], wanted: string): string[] {
  return parameters
    .filter(({ name }) => name === wanted)
    .map((one) => {
      const [text] = Object.entries(one).flatMap(([key, value]) => (key.startsWith('value') ? [value] : []));
      if (typeof text !== 'string') throw invalid(`The parameter ${quote(wanted)} has a text as its value.`);
      return text;
    });
}
