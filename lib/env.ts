import { resolve } from 'node:path';
import { z } from 'zod';

const Environment = z.object({
  /** The address of a PostgreSQL server; without it the embedded database under DATA_DIR is used. */
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgresql://')
    .optional(),
  DATA_DIR: z.string().default('.data'),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  /** The origin under which browsers and apps reach this server, when it is not http://localhost:PORT. */
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .refine((url) => !URL.canParse(url) || new URL(url).pathname === '/', 'must be an origin, without a path')
    .optional(),
  /**
   * Whether we may fetch registered addresses in loopback and private ranges; by default, if our origin is loopback.
   */
  ALLOW_PRIVATE_ADDRESSES: z.enum(['true', 'false'], 'must be true or false').optional(),
  /** The people who may make sandboxes in the browser: whoever administers one already, or nobody. */
  MAKING_SANDBOXES: z.enum(['admins', 'off'], 'must be admins or off').default('admins'),
  /** How long somebody stays signed in at most, in hours. */
  SESSION_HOURS: z.coerce.number().int().min(1).max(720).default(12),
  /** How long somebody stays signed in without using the EHR, in minutes. */
  SESSION_IDLE_MINUTES: z.coerce.number().int().min(1).max(43_200).default(120),
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
});

const loopback = /^(localhost|127\.[\d.]+|\[::1\])$/;

export interface Env {
  databaseUrl?: string;
  /** Absolute path of the embedded database's folder. */
  dataDir: string;
  port: number;
  /** Scheme, host and port, without a trailing slash: the only source of our own URLs. */
  origin: string;
  /** Whether we may fetch registered addresses in loopback and private ranges. */
  allowPrivateAddresses: boolean;
  /** Whether administrators of a sandbox may make further ones in the browser. */
  makingSandboxes: boolean;
  /** How long a session lasts at most, and how long without use, in seconds. */
  session: { maxSeconds: number; maxIdleSeconds: number };
  production: boolean;
}

/**
 * Reads process.env into one typed value.
 * @throws Error that names each variable that does not parse and why.
 */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const reasons = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The environment cannot be used:\n  ${reasons.join('\n  ')}`);
  }
  const { DATABASE_URL, DATA_DIR, PORT, PUBLIC_URL, NODE_ENV, ALLOW_PRIVATE_ADDRESSES, MAKING_SANDBOXES } = parsed.data;
  const { origin, hostname } = new URL(PUBLIC_URL ?? `http://localhost:${PORT}`);
  return {
    databaseUrl: DATABASE_URL,
    dataDir: resolve(/* turbopackIgnore: true */ DATA_DIR),
    port: PORT,
    origin,
    allowPrivateAddresses: ALLOW_PRIVATE_ADDRESSES ? ALLOW_PRIVATE_ADDRESSES === 'true' : loopback.test(hostname),
    makingSandboxes: MAKING_SANDBOXES === 'admins',
    session: {
      maxSeconds: parsed.data.SESSION_HOURS * 3600,
      maxIdleSeconds: parsed.data.SESSION_IDLE_MINUTES * 60,
    },
    production: NODE_ENV === 'production',
  };
}

let parsed: Env | undefined;

/** The environment of this process, parsed on first use. */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}

/** The issuer of a sandbox, the prefix of all its URLs, without a trailing slash. */
export function issuerOf(slug: string): string {
  return `${env().origin}/${slug}`;
}

/** The FHIR base URL of a sandbox, without a trailing slash: `aud` of its tokens and `iss` of its launches. */
export function fhirBaseOf(slug: string): string {
  return `${issuerOf(slug)}/fhir`;
}

/** Sets next-auth's origin to ours. It reads it from process.env, and would otherwise take it from request headers. */
export function prepareNextAuthEnv(): void {
  process.env.NEXTAUTH_URL = env().origin;
}
