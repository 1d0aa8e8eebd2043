import { z } from 'zod';
import { splitScope } from '../scope/scope.ts';
import { type ClientRegistration, clientRegistration } from './registration.ts';

/** What the registration form sends: text as it was typed, ticks, and no rule yet. */
const TypedRegistration = z.object({
  clientId: z.string().optional(),
  name: z.string().optional(),
  description: z.string().optional(),
  logoUri: z.string().optional(),
  launchUri: z.string().optional(),
  /** One a line. */
  redirectUris: z.string().optional(),
  /** One a line. */
  origins: z.string().optional(),
  /** Ticked ones; the rest is typed into `otherScopes`. */
  scopes: z.array(z.string()).optional(),
  otherScopes: z.string().optional(),
  type: z.string().optional(),
  jwksUri: z.string().optional(),
  /** JSON. */
  jwks: z.string().optional(),
  needs: z.string().optional(),
  /** A JSON object. */
  launchDefaults: z.string().optional(),
  requirePkce: z.boolean().optional(),
  trusted: z.boolean().optional(),
  enabled: z.boolean().optional(),
  /** In seconds. */
  accessTokenLifetime: z.string().optional(),
  refreshTokenLifetime: z.string().optional(),
});

export type TypedRegistration = z.infer<typeof TypedRegistration>;
type Field = keyof TypedRegistration;

const labels: Partial<Record<Field, string>> = {
  clientId: 'The client id',
  name: 'The name',
  description: 'The description',
  logoUri: 'The logo',
  launchUri: 'The launch URI',
  redirectUris: 'The redirect URIs',
  otherScopes: 'The scopes',
  jwksUri: 'The JWKS address',
  jwks: 'The JWKS',
  origins: 'The list of origins',
  launchDefaults: 'What every launch says',
  accessTokenLifetime: 'The lifetime of access tokens',
  refreshTokenLifetime: 'The lifetime of refresh tokens',
};

/** The registration form as a schema: what was typed becomes a registration, every fault a sentence beside its field. */
export function registrationForm(origin: string) {
  return TypedRegistration.transform((typed, context): ClientRegistration => {
    const { read, faults } = readJsonFields(typed);
    const parsed = clientRegistration(origin).safeParse({ ...toRegistration(typed), ...read });
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      const field = fieldOf(issue.path[0]);
      context.addIssue({ code: 'custom', path: [field], message: faults[field] ?? sentence(field, issue, typed) });
    }
    return z.NEVER;
  });
}

function toRegistration(typed: TypedRegistration) {
  const { scopes, otherScopes, redirectUris, jwksUri, launchDefaults: _, ...others } = typed;
  return {
    ...others,
    name: typed.name ?? '',
    clientId: typed.clientId?.trim(),
    logoUri: typed.logoUri?.trim(),
    launchUri: typed.launchUri?.trim(),
    redirectUris: lines(redirectUris),
    origins: lines(typed.origins),
    scope: [...(scopes ?? []), otherScopes ?? ''].join(' '),
    // A value typed for another client type stays in the form but is not part of the registration.
    jwksUri: typed.type === 'jwks_uri' ? jwksUri?.trim() : undefined,
    requirePkce: typed.requirePkce ?? false,
    trusted: typed.trusted ?? false,
    enabled: typed.enabled ?? false,
    accessTokenLifetime: seconds(typed.accessTokenLifetime),
    refreshTokenLifetime: seconds(typed.refreshTokenLifetime),
  };
}

/** The fields that hold JSON; what is none is read as something that no rule lets pass, and the fault says why. */
function readJsonFields({ type, jwks, launchDefaults }: TypedRegistration) {
  const keys = readJson('jwks', type === 'jwks' ? jwks : undefined);
  const defaults = readJson('launchDefaults', launchDefaults);
  const faults: Partial<Record<Field, string>> = { ...keys.fault, ...defaults.fault };
  return { read: { jwks: keys.value, launchDefaults: defaults.fault ? null : defaults.value }, faults };
}

function readJson(
  field: Field,
  typed: string | undefined,
): { value?: unknown; fault?: Partial<Record<Field, string>> } {
  if (!typed?.trim()) return {};
  try {
    return { value: JSON.parse(typed) };
  } catch (error) {
    return { fault: { [field]: `${labels[field]} is not JSON: ${(error as Error).message}` } };
  }
}

/** What is no number stays what it is, so that the rules complain. */
function seconds(text = ''): number | undefined {
  const digits = text.trim();
  if (digits === '') return undefined;
  return /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
}

function lines(text: string | undefined): string[] {
  return (text ?? '').split(/\r\n|\r|\n/).flatMap((line) => line.trim() || []);
}

function fieldOf(path: PropertyKey | undefined): Field {
  if (path === 'scope') return 'otherScopes';
  return TypedRegistration.keyof().safeParse(path).data ?? 'name';
}

/** The rules speak of a value ("must not …"); the form says which one. */
function sentence(field: Field, { message, path }: z.core.$ZodIssue, typed: TypedRegistration): string {
  if (/^\p{Lu}/u.test(message)) return message;
  const [, position, ...inner] = path;
  if ((field === 'redirectUris' || field === 'origins') && typeof position === 'number') {
    return `${lines(typed[field])[position]} ${message}.`;
  }
  const where = position === undefined ? '' : `, at ${z.core.toDotPath([position, ...inner])},`;
  return `${labels[field] ?? 'The value'}${where} ${message}.`;
}

/** A registration as the form shows it, with the scopes that it offers to tick (`offered`) apart from the others. */
export function toTyped(registration: ClientRegistration, offered: readonly string[]): TypedRegistration {
  const scopes = splitScope(registration.scope);
  const { scope: _, jwks, redirectUris, origins, launchDefaults, ...others } = registration;
  return {
    ...others,
    redirectUris: redirectUris.join('\n'),
    origins: origins.join('\n'),
    accessTokenLifetime: registration.accessTokenLifetime?.toString(),
    refreshTokenLifetime: registration.refreshTokenLifetime?.toString(),
    scopes: scopes.filter((scope) => offered.includes(scope)),
    otherScopes: scopes.filter((scope) => !offered.includes(scope)).join(' '),
    jwks: jwks ? JSON.stringify(jwks, null, 2) : undefined,
    launchDefaults: Object.keys(launchDefaults).length > 0 ? JSON.stringify(launchDefaults, null, 2) : undefined,
  };
}
