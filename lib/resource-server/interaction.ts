import { FhirError, invalid, quote } from '#lib/fhir/fhir-error.ts';

/** What a request asks of the FHIR server. */
export type Interaction =
  | { kind: 'metadata' }
  | { kind: 'smart-configuration' }
  | { kind: 'read'; resourceType: string; id: string }
  | { kind: 'search'; resourceType: string; inBody: boolean }
  | { kind: 'unsupported'; allow: string[] };

interface Route {
  path: RegExp;
  /** What each method asks for there; HEAD asks for what GET does. */
  methods: { GET?: Interaction['kind']; POST?: Interaction['kind'] };
}

/** What can be asked of a URL, by its shape; the first that fits counts. */
const routes: Route[] = [
  { path: /^metadata$/, methods: { GET: 'metadata' } },
  { path: /^\.well-known\/smart-configuration$/, methods: { GET: 'smart-configuration' } },
  { path: /^(?<resourceType>[A-Z][A-Za-z]*)$/, methods: { GET: 'search' } },
  { path: /^(?<resourceType>[A-Z][A-Za-z]*)\/_search$/, methods: { POST: 'search' } },
  { path: /^(?<resourceType>[A-Z][A-Za-z]*)\/(?<id>[^_$/][^/]*)$/, methods: { GET: 'read' } },
  // The base itself (batch, search on all types), history, operations.
  { path: /^$|^_history$|^_search$|^\$[a-z-]+$/, methods: {} },
  { path: /^[A-Z][A-Za-z]*\/(.+\/)?(_history(\/[^/]+)?|\$[a-z-]+)$/, methods: {} },
];

/**
 * Reads what a request asks from its method and its path below the FHIR base.
 * @throws FhirError 404 for a path that FHIR does not know, 400 for one that is not properly encoded.
 * @see https://hl7.org/fhir/R4/http.html#summary
 */
export function interactionOf(method: string, path: string): Interaction {
  const text = decode(path).replace(/^\/+|\/+$/g, '');
  const route = routes.find((one) => one.path.test(text));
  if (!route) throw new FhirError(404, 'not-found', `There is nothing at ${quote(`/${text}`)} on this FHIR server.`);
  const { resourceType = '', id = '' } = route.path.exec(text)?.groups ?? {};
  const kind = kindOf(route, method);
  if (kind === 'read') return { kind, resourceType, id };
  if (kind === 'search') return { kind, resourceType, inBody: method === 'POST' };
  if (kind === 'unsupported') return { kind, allow: Object.keys(route.methods) };
  return { kind };
}

/** Whether a path below the FHIR base is that of a discovery document, which is public. */
export function isDiscovery(path: string): boolean {
  return /^\/*(metadata|\.well-known\/smart-configuration)\/*$/.test(path);
}

function kindOf({ methods }: Route, method: string): Interaction['kind'] {
  const name = method === 'HEAD' ? 'GET' : method;
  return (name === 'GET' || name === 'POST' ? methods[name] : undefined) ?? 'unsupported';
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw invalid('The path of the request is not properly percent-encoded.');
  }
}
