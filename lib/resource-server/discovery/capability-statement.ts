import type {
  CapabilityStatement,
  CapabilityStatementRestResource,
  CapabilityStatementRestResourceSearchParam,
} from 'fhir/r4';
import { auditParameters } from '#lib/data/audit/condition.ts';
import { auditEventType } from '#lib/fhir/audit/record.ts';
import { resourceTypes } from '#lib/fhir/definition/resource-types.ts';
import { type SearchParameter, supportedParameters } from '#lib/fhir/definition/search-parameter.ts';
import { oauthUris, type SmartEndpoints } from '#lib/smart/sandbox/capabilities.ts';
import { operations } from '../operation/operations.ts';
import { jsonPatchType } from '../request/json-patch-type.ts';
import { offered, offeredOnSystem, offeredOnType } from './offered-interactions.ts';
import { systemOperations, typeOperations } from './offered-operations.ts';

/** The date when the capabilities of this server last changed. */
const date = '2026-11-25';

/**
 * Describes the capabilities of the FHIR server at `base`, derived from the definitions that it works by.
 * @see https://hl7.org/fhir/R4/capabilitystatement.html
 */
export function capabilityStatement(base: string, endpoints: SmartEndpoints): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date,
    kind: 'instance',
    software: { name: 'EHR sandbox' },
    implementation: { description: 'A make-believe hospital for people who build SMART apps', url: base },
    fhirVersion: '4.0.1',
    format: ['json'],
    patchFormat: offered('patch') ? [jsonPatchType] : undefined,
    rest: [
      {
        mode: 'server',
        security: {
          cors: true,
          service: [
            {
              coding: [
                {
                  system: 'http://terminology.hl7.org/CodeSystem/restful-security-service',
                  code: 'SMART-on-FHIR',
                  display: 'SMART-on-FHIR',
                },
              ],
              text: 'OAuth2 using SMART-on-FHIR profile (see http://docs.smarthealthit.org)',
            },
          ],
          extension: [oauthUris(endpoints)],
        },
        resource: describeResources(),
        interaction: offeredOnSystem().map((code) => ({ code })),
        ...systemOperations(operations),
        compartment: ['http://hl7.org/fhir/CompartmentDefinition/patient'],
      },
    ],
  };
}

let described: CapabilityStatementRestResource[] | undefined;

/** Describes all types once: the definitions do not change while the process runs. */
function describeResources(): CapabilityStatementRestResource[] {
  described ??= resourceTypes().map((type) => describeType(type, [...supportedParameters(type).values()]));
  return described;
}

function describeType(type: string, parameters: SearchParameter[]): CapabilityStatementRestResource {
  if (type === auditEventType) return describeAudit(parameters);
  const references = parameters.filter(({ kind }) => kind === 'reference');
  const pointingHere = [...(inboundReferences().get(type) ?? [])];
  return {
    type: type as CapabilityStatementRestResource['type'],
    interaction: offeredOnType().map((code) => ({ code })),
    versioning: 'versioned-update',
    readHistory: true,
    updateCreate: true,
    conditionalCreate: offered('create'),
    conditionalRead: 'full-support',
    conditionalUpdate: offered('conditional-update'),
    conditionalDelete: offered('conditional-delete') ? 'single' : 'not-supported',
    operation: typeOperations(operations, type),
    searchInclude: ['*', ...references.map(({ code }) => `${type}:${code}`)],
    searchRevInclude: pointingHere,
    searchParam: searchParamsOf(parameters),
  };
}

/** Describes AuditEvents. Only the server writes them, and no chain or inclusion of another type reaches them. */
function describeAudit(parameters: SearchParameter[]): CapabilityStatementRestResource {
  return {
    type: auditEventType,
    documentation: 'Written by the server for each request; for administrators alone, with a user/ scope.',
    interaction: [{ code: 'read' }, { code: 'search-type' }],
    versioning: 'no-version',
    readHistory: false,
    updateCreate: false,
    searchParam: searchParamsOf(parameters.filter(({ code }) => auditParameters.includes(code))),
  };
}

/** Notes on what the definition of a search parameter leaves to the server. */
const documentation: Partial<Record<SearchParameter['kind'], string>> = {
  special: 'As the crow flies. Units are lengths of UCUM or mi, km when left out; without a distance, 25 km.',
};

function searchParamsOf(parameters: SearchParameter[]): CapabilityStatementRestResourceSearchParam[] {
  return parameters.map(({ code, url, kind }) => ({
    name: code,
    definition: url,
    type: kind,
    documentation: documentation[kind],
  }));
}

let inbound: Map<string, string[]> | undefined;

/** For each resource type, the search parameters of all types that may point to it. */
function inboundReferences(): Map<string, string[]> {
  if (inbound) return inbound;
  const sources = resourceTypes().filter((type) => type !== auditEventType);
  const pairs = sources.flatMap((source) =>
    [...supportedParameters(source).values()].flatMap(({ kind, code, targets }) =>
      kind === 'reference' ? targets.map((target) => ({ target, name: `${source}:${code}` })) : [],
    ),
  );
  const grouped = [...Map.groupBy(pairs, ({ target }) => target)];
  inbound = new Map(grouped.map(([target, found]) => [target, found.map(({ name }) => name)]));
  return inbound;
}
