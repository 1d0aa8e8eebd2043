import { resolve } from 'node:path';
import type { OwnOrigins } from './address/own-origins.ts';
import { LimitSettings, type Limits, limitsOf } from './limits.ts';
import { type Retention, RetentionSettings, retentionOf } from './retention.ts';
import { type Running, RunSettings, runningOf } from './running.ts';
import { Environment } from './variables.ts';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;

export interface Env {
  databaseUrl?: string;
  /** How many connections this process holds to that server at most. */
  databaseConnections: number;
  /** The address of the same database past a pooler. */
  databaseDirectUrl?: string;
  /** Absolute path of the embedded database's folder. */
  dataDir: string;
  port: number;
  /** The address or host name on which the server listens; undefined for loopback. */
  host?: string;
  /** Addresses and ranges of the proxies whose X-Forwarded-For is believed. */
  trustedProxies: string[];
  /** Whether others than this machine may reach the server: it listens beyond loopback, or its origin is no loopback. */
  exposed: boolean;
  /** Scheme, host and port, without a trailing slash: the only source of our own URLs. */
  origin: string;
  /** The origin of the bundled apps; undefined where it is the EHR's. */
  samplesOrigin?: string;
  /** Whether we may fetch registered addresses in loopback and private ranges. */
  allowPrivateAddresses: boolean;
  /** Whether administrators of a sandbox may make further ones in the browser. */
  makingSandboxes: boolean;
  limits: Limits;
  retention: Retention;
  /** How the process runs and ends, and what it tells whoever operates it. */
  running: Running;
  /** How long a session lasts at most, and how long without use, in seconds. */
  session: { maxSeconds: number; maxIdleSeconds: number };
  /** The origins of the FHIR servers that the bundled apps connect to, ours first. */
  sampleServers: string[];
  production: boolean;
}

/**
 * Reads process.env into one typed value.
 * @throws Error that names each variable that does not parse and why.
 */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const [parsed, limits] = [Environment.safeParse(given), LimitSettings.safeParse(given)];
  const running = RunSettings.safeParse(given);
  const retention = RetentionSettings.safeParse(given);
  if (!parsed.success || !limits.success || !retention.success || !running.success) {
    throw unusable([parsed.error, limits.error, retention.error, running.error]);
  }
  const {
    DATABASE_URL,
    DATABASE_DIRECT_URL,
    DATA_DIR,
    PORT,
    HOST,
    PUBLIC_URL,
    SAMPLES_URL,
    NODE_ENV,
    ALLOW_PRIVATE_ADDRESSES,
  } = parsed.data;
  const { origin, hostname } = new URL(PUBLIC_URL ?? `http://localhost:${PORT}`);
  const samples = SAMPLES_URL === undefined ? undefined : samplesUrl(SAMPLES_URL, new URL(origin));
  const reachable = [hostname, ...(HOST ? [HOST] : []), ...(samples ? [samples.hostname] : [])];
  const exposed = !reachable.every((name) => loopback.test(name));
  return {
    databaseUrl: DATABASE_URL,
    databaseConnections: parsed.data.DATABASE_CONNECTIONS,
    databaseDirectUrl: DATABASE_DIRECT_URL,
    dataDir: resolve(/* turbopackIgnore: true */ DATA_DIR),
    port: PORT,
    host: HOST,
    trustedProxies: parsed.data.TRUSTED_PROXIES,
    exposed,
    origin,
    ...(samples ? { samplesOrigin: samples.origin } : {}),
    allowPrivateAddresses: ALLOW_PRIVATE_ADDRESSES ? ALLOW_PRIVATE_ADDRESSES === 'true' : !exposed,
    makingSandboxes: parsed.data.MAKING_SANDBOXES === 'admins',
    limits: limitsOf(limits.data),
    retention: retentionOf(retention.data),
    running: runningOf(running.data),
    session: {
      maxSeconds: parsed.data.SESSION_HOURS * 3600,
      maxIdleSeconds: parsed.data.SESSION_IDLE_MINUTES * 60,
    },
    sampleServers: [...new Set([origin, ...parsed.data.SAMPLES_ISS.map((address) => new URL(address).origin)])],
    production: NODE_ENV === 'production',
  };
}

/**
 * The address of the bundled apps. It keeps them apart from the EHR only under another host name, since cookies know no
 * ports, and works only with the same scheme, since no page that came by https reads over http.
 */
function samplesUrl(given: string, { hostname, protocol }: URL): URL {
  const url = new URL(given);
  const told = (message: string) => unusable([{ issues: [{ path: ['SAMPLES_URL'], message }] }]);
  if (url.hostname === hostname) {
    throw told(`must have another host name than PUBLIC_URL (${hostname}): cookies are shared by all ports of a host`);
  }
  if (url.protocol !== protocol) throw told(`must begin with ${protocol}//, as PUBLIC_URL does`);
  return url;
}

function unusable(errors: ({ issues: { path: PropertyKey[]; message: string }[] } | undefined)[]): Error {
  const issues = errors.flatMap((error) => error?.issues ?? []);
  const reasons = issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  return new Error(`The environment cannot be used:\n  ${reasons.join('\n  ')}`);
}

let parsed: Env | undefined;

/** The environment of this process, parsed on first use. */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}

/** The origins at which this server answers, and nothing else of its settings: they are handed to forms in browsers. */
export function ownOrigins(): OwnOrigins {
  const { origin, samplesOrigin } = env();
  return { origin, samplesOrigin };
}

/** The issuer of a sandbox, the prefix of all its URLs, without a trailing slash. */
export function issuerOf(slug: string): string {
  return `${env().origin}/${slug}`;
}

/** The FHIR base URL of a sandbox, without a trailing slash: `aud` of its tokens and `iss` of its launches. */
export function fhirBaseOf(slug: string): string {
  return `${issuerOf(slug)}/fhir`;
}

/** Tells the bundled apps, which read nothing of ours but this variable, which FHIR servers they connect to. */
export function prepareSamplesEnv(): void {
  process.env.SAMPLES_ISS = env().sampleServers.join(' ');
}

/** Sets next-auth's origin to ours. It reads it from process.env, and would otherwise take it from request headers. */
export function prepareNextAuthEnv(): void {
  process.env.NEXTAUTH_URL = env().origin;
}
