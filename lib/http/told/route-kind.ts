/** What was asked for, told apart as far as an operator needs it; a label of metrics, so that there are few. */
export type RouteKind =
  | 'admin'
  | 'cds'
  | 'discovery'
  | 'fhir'
  | 'file'
  | 'health'
  | 'launch'
  | 'launch-service'
  | 'oauth'
  | 'page'
  | 'sample'
  | 'sign-in';

const patterns: readonly [pattern: RegExp, kind: RouteKind][] = [
  [/^\/health(\/|$)/, 'health'],
  [/^\/(_next|brands|schema)\/|^\/[^/]+\.\w+$/, 'file'],
  [/^\/samples\//, 'sample'],
  [/^\/(sign-in|api|account)(\/|$)/, 'sign-in'],
  [/^\/(?:[^/]+\/fhir\/)?_services(\/|$)/, 'launch-service'],
  [/^\/[^/]+\/(?:fhir\/)?(\.well-known\/|metadata$|[^/]+\.json$)/, 'discovery'],
  [/^\/[^/]+\/fhir(\/|$)/, 'fhir'],
  [/^\/[^/]+\/oauth\//, 'oauth'],
  [/^\/[^/]+\/cds\//, 'cds'],
  [/^\/[^/]+\/(?:scenarios\/[^/]+\/)?launch(\/|$)/, 'launch'],
  [/^\/[^/]+\/admin(\/|$)/, 'admin'],
];

/** The kind of an address by its path, with or without a query. What is not known to be something else is a page. */
export function routeKindOf(url: string): RouteKind {
  const [path = '/'] = url.split('?');
  return patterns.find(([pattern]) => pattern.test(path))?.[1] ?? 'page';
}

/** The slug at the beginning of an address that belongs to a sandbox. */
export function sandboxOf(url: string, kind: RouteKind): string | undefined {
  if (['file', 'health', 'sample', 'sign-in'].includes(kind)) return undefined;
  return /^\/([a-z0-9][a-z0-9-]{0,39})(?:[/?]|$)/.exec(url)?.[1];
}
