import { parseScopes } from '../scope/scope.ts';

/** The fields of a registration that depend on each other; those that failed by themselves may be absent. */
interface DependentFields {
  type?: string | undefined;
  jwksUri?: string | undefined;
  jwks?: unknown;
  scope?: string | undefined;
  launchUri?: string | undefined;
  redirectUris?: readonly string[] | undefined;
}

type Faults = { [field in keyof DependentFields]?: string };

/** What is wrong between the fields of a registration, as a sentence for each field at fault. */
export function faultsBetween(fields: DependentFields): Faults {
  return { ...faultsOfKeys(fields), ...faultsOfScope(fields) };
}

function faultsOfKeys({ type, jwksUri, jwks }: DependentFields): Faults {
  return {
    ...(type === 'jwks_uri' && !jwksUri ? { jwksUri: 'Give the address of the app’s JWKS.' } : {}),
    ...(type === 'jwks' && !jwks ? { jwks: 'Give the app’s JWKS.' } : {}),
    ...(type !== 'jwks_uri' && jwksUri ? { jwksUri: 'is only for clients of type jwks_uri' } : {}),
    ...(type !== 'jwks' && jwks ? { jwks: 'is only for clients of type jwks' } : {}),
  };
}

function faultsOfScope({ type, scope = '', launchUri, redirectUris = [] }: DependentFields): Faults {
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

/** Whether a scope value holds `system/` scopes, and whether it holds other resource scopes. */
export function levelsOf(scope: string): { system: boolean; others: boolean } {
  const levels = parseScopes(scope).flatMap((parsed) => (parsed.kind === 'resource' ? [parsed.level] : []));
  return { system: levels.includes('system'), others: levels.some((level) => level !== 'system') };
}
