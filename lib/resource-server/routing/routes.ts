import type { Interaction } from '../request/interaction.ts';
import type { Method, Operation } from '../request/operation.ts';

type Kind = Interaction['kind'];

/** The interactions that URLs of one form support. */
export interface Route {
  path: RegExp;
  /** The kind of interaction for each method; HEAD is treated as GET. */
  methods: Partial<Record<Method, Kind>>;
  /** The operation at these URLs, if there is one. */
  operation?: Operation;
}

const type = '(?<resourceType>[A-Z][A-Za-z]*)';
const id = '(?<id>[^_$/][^/]*)';
const instance = `${type}/${id}`;
const compartment = `Patient/${id}/(?<resourceType>[A-Z][A-Za-z]*|\\*)`;

/** The URLs of FHIR's own interactions and of discovery; the first match is taken. */
const plainRoutes: Route[] = [
  { path: /^metadata$/, methods: { GET: 'metadata' } },
  { path: /^\.well-known\/smart-configuration$/, methods: { GET: 'smart-configuration' } },
  { path: /^_history$/, methods: { GET: 'history-system' } },
  {
    path: new RegExp(`^${type}$`),
    methods: {
      GET: 'search',
      POST: 'create',
      PUT: 'conditional-update',
      PATCH: 'conditional-patch',
      DELETE: 'conditional-delete',
    },
  },
  { path: new RegExp(`^${type}/_search$`), methods: { POST: 'search' } },
  { path: new RegExp(`^${type}/_history$`), methods: { GET: 'history-type' } },
  { path: new RegExp(`^${instance}$`), methods: { GET: 'read', PUT: 'update', PATCH: 'patch', DELETE: 'delete' } },
  { path: new RegExp(`^${instance}/_history$`), methods: { GET: 'history-instance' } },
  { path: new RegExp(`^${instance}/_history/(?<versionId>[^/]+)$`), methods: { GET: 'vread' } },
  { path: /^$/, methods: { GET: 'search-system', POST: 'bundle' } },
  { path: /^_search$/, methods: { POST: 'search-system' } },
  { path: new RegExp(`^${compartment}$`), methods: { GET: 'search-compartment' } },
  { path: new RegExp(`^${compartment}/_search$`), methods: { POST: 'search-compartment' } },
];

/** Unknown operations are answered with 405, not 404, because their addresses have a form that FHIR defines. */
const unknownOperations: Route[] = [
  { path: /^\$[a-z-]+$/, methods: {} },
  { path: /^[A-Z][A-Za-z]*\/(.+\/)?\$[a-z-]+$/, methods: {} },
];

/** All routes of a FHIR server with these operations. */
export function routesOf(operations: readonly Operation[]): Route[] {
  return [...plainRoutes, ...operations.flatMap(operationRoutes), ...unknownOperations];
}

function operationRoutes(operation: Operation): Route[] {
  const { name, resourceTypes, levels } = operation;
  const ofType = resourceTypes ? `(?<resourceType>${resourceTypes.join('|')})` : type;
  const paths = { system: '', type: `${ofType}/`, instance: `${ofType}/${id}/` };
  return (['system', 'type', 'instance'] as const).flatMap((level) => {
    const methods = levels[level]?.methods;
    if (!methods) return [];
    const path = new RegExp(`^${paths[level]}\\$${name}$`);
    return [{ path, methods: Object.fromEntries(methods.map((method) => [method, 'operation'])), operation }];
  });
}
