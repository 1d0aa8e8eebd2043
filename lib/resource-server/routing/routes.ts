import type { Interaction } from '../request/interaction.ts';
import type { Method, Operation } from '../request/operation.ts';

type Kind = Interaction['kind'];

/** What can be asked of the URLs of one shape. */
export interface Route {
  path: RegExp;
  /** What each method asks for there; HEAD asks for what GET does. */
  methods: Partial<Record<Method, Kind>>;
  /** Which operation that is, where it is one. */
  operation?: Operation;
}

const type = '(?<resourceType>[A-Z][A-Za-z]*)';
const id = '(?<id>[^_$/][^/]*)';
const instance = `${type}/${id}`;
const compartment = `Patient/${id}/(?<resourceType>[A-Z][A-Za-z]*|\\*)`;

/** The URLs of FHIR's own interactions and of discovery; the first that fits counts. */
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

/** An operation that is not there answers 405, not 404: its address is one that FHIR knows. */
const unknownOperations: Route[] = [
  { path: /^\$[a-z-]+$/, methods: {} },
  { path: /^[A-Z][A-Za-z]*\/(.+\/)?\$[a-z-]+$/, methods: {} },
];

/** All URLs of a FHIR server that has these operations. */
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
