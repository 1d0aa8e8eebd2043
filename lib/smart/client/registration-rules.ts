import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { parseScopes } from '../scope/scope.ts';

/** The fields of a registration that depend on each other; a field whose own rule failed may be absent. */
interface DependentFields {
  type?: string | undefined;
  jwksUri?: string | undefined;
  jwks?: unknown;
  scope?: string | undefined;
  launchUri?: string | undefined;
  redirectUris?: readonly string[] | undefined;
}

type Issues = { [field in keyof DependentFields]?: string };

/** The issues between fields of a registration, as a sentence for each field concerned. */
export function issuesBetween(fields: DependentFields): Issues {
  return { ...issuesOfKeys(fields), ...issuesOfScope(fields) };
}

function issuesOfKeys({ type, jwksUri, jwks }: DependentFields): Issues {
  return withoutUndefined({
    jwksUri:
      type === 'jwks_uri' ? missing(jwksUri, 'Give the address of the app’s JWKS.') : surplus(jwksUri, 'jwks_uri'),
    jwks: type === 'jwks' ? missing(jwks, 'Give the app’s JWKS.') : surplus(jwks, 'jwks'),
  });
}

function missing(value: unknown, sentence: string): string | undefined {
  return value ? undefined : sentence;
}

function surplus(value: unknown, type: string): string | undefined {
  return value ? `is only for clients of type ${type}` : undefined;
}

function issuesOfScope({ type, scope = '', launchUri, redirectUris = [] }: DependentFields): Issues {
  const { system, others } = levelsOf(scope);
  if (system && type === 'public') {
    return { scope: 'A public client cannot have system/ scopes: it cannot prove who it is.' };
  }
  if (system && type === 'secret') {
    return {
      scope: 'A client with a secret cannot have system/ scopes: backend services prove who they are with keys.',
    };
  }
  const backend = system && !others && !launchUri;
  return redirectUris.length > 0 || backend
    ? {}
    : {
        redirectUris:
          'Give at least one redirect URI. Only a backend service, with system/ scopes and no other resource scopes, needs none.',
      };
}

/** Tells whether a scope value holds `system/` scopes, and whether it holds other resource scopes. */
export function levelsOf(scope: string): { system: boolean; others: boolean } {
  const levels = parseScopes(scope).flatMap((parsed) => (parsed.kind === 'resource' ? [parsed.level] : []));
  return { system: levels.includes('system'), others: levels.some((level) => level !== 'system') };
}
