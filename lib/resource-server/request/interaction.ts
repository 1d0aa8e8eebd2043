import { FhirError, invalid, quote } from '#lib/fhir/fhir-error.ts';

/** Interactions with a resource that its type and id name. */
type InstanceKind = 'read' | 'update' | 'patch' | 'delete' | 'history-instance';

/** Interactions with all resources of a type, or with the one that search parameters in the URL choose. */
type TypeKind = 'create' | 'history-type' | 'conditional-update' | 'conditional-patch' | 'conditional-delete';

/** What a request asks of the FHIR server. */
export type Interaction =
  | { kind: 'metadata' }
  | { kind: 'smart-configuration' }
  | { kind: 'history-system' }
  | { kind: InstanceKind; resourceType: string; id: string }
  | { kind: 'vread'; resourceType: string; id: string; versionId: string }
  | { kind: TypeKind; resourceType: string }
  | { kind: 'search'; resourceType: string; inBody: boolean }
  | { kind: 'search-system'; inBody: boolean }
  | { kind: 'search-compartment'; id: string; resourceType: string; inBody: boolean }
  | { kind: 'everything'; id: string }
  | { kind: 'validate'; resourceType: string; id?: string }
  | { kind: 'bundle' }
  | { kind: 'unsupported'; allow: string[] };

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface Route {
  path: RegExp;
  /** What each method asks for there; HEAD asks for what GET does. */
  methods: Partial<Record<Method, Interaction['kind']>>;
}

const type = '(?<resourceType>[A-Z][A-Za-z]*)';
const instance = `${type}/(?<id>[^_$/][^/]*)`;

/** What can be asked of a URL, by its shape; the first that fits counts. */
const routes: Route[] = [
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
  { path: /^Patient\/(?<id>[^_$/][^/]*)\/\$everything$/, methods: { GET: 'everything' } },
  { path: /^Patient\/(?<id>[^_$/][^/]*)\/(?<resourceType>[A-Z][A-Za-z]*|\*)$/, methods: { GET: 'search-compartment' } },
  {
    path: /^Patient\/(?<id>[^_$/][^/]*)\/(?<resourceType>[A-Z][A-Za-z]*|\*)\/_search$/,
    methods: { POST: 'search-compartment' },
  },
  { path: new RegExp(`^${type}/\\$validate$`), methods: { POST: 'validate' } },
  { path: new RegExp(`^${instance}/\\$validate$`), methods: { GET: 'validate', POST: 'validate' } },
  // Operations that are not there.
  { path: /^\$[a-z-]+$/, methods: {} },
  { path: /^[A-Z][A-Za-z]*\/(.+\/)?\$[a-z-]+$/, methods: {} },
];

/** The methods of which some URL answers one. */
export const fhirMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Every kind of interaction that some URL answers. */
export function offeredKinds(): Set<Interaction['kind']> {
  return new Set(routes.flatMap(({ methods }) => Object.values(methods)));
}

/**
 * Reads what a request asks from its method and its path below the FHIR base.
 * @throws FhirError 404 for a path that FHIR does not know, 400 for one that is not properly encoded.
 * @see https://hl7.org/fhir/R4/http.html#summary
 */
export function interactionOf(method: string, path: string): Interaction {
  const text = decode(path).replace(/^\/+|\/+$/g, '');
  const route = routes.find((one) => one.path.test(text));
  if (!route) throw new FhirError(404, 'not-found', `There is nothing at ${quote(`/${text}`)} on this FHIR server.`);
  const kind = kindOf(route, method);
  if (kind === 'unsupported') return { kind, allow: Object.keys(route.methods) };
  const named = { ...route.path.exec(text)?.groups };
  return { kind, ...named, ...(kind.startsWith('search') ? { inBody: method === 'POST' } : {}) } as Interaction;
}

/** Whether a path below the FHIR base is that of a discovery document, which is public. */
export function isDiscovery(path: string): boolean {
  return /^\/*(metadata|\.well-known\/smart-configuration)\/*$/.test(path);
}

function kindOf({ methods }: Route, method: string): Interaction['kind'] {
  const name = method === 'HEAD' ? 'GET' : method;
  return (Object.hasOwn(methods, name) ? methods[name as Method] : undefined) ?? 'unsupported';
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw invalid('The path of the request is not properly percent-encoded.');
  }
}
