import { isIP } from 'node:net';
import { z } from 'zod';
import { isWebAddress } from './address/web-address.ts';

/** A whole number from 1 to `max`. */
const whole = (max: number) => {
  const message = `must be a whole number from 1 to ${max}`;
  return z.coerce.number(message).int(message).min(1, message).max(max, message);
};

/** A list, with spaces or commas between its items, each of which must be in order. */
const listOf = (isInOrder: (item: string) => boolean, message: string) =>
  z
    .string()
    .transform((list) => list.split(/[\s,]+/).filter(Boolean))
    .refine((items) => items.every(isInOrder), { message })
    .default([]);

/** An origin, which may end in a slash. */
const Origin = z.string().superRefine((text, context) => {
  const issue = issueOfOrigin(text);
  if (issue) context.addIssue(issue);
});

const wanted = 'such as https://ehr.example or http://localhost:3000';

function issueOfOrigin(text: string): string | undefined {
  if (!isWebAddress(text)) return `must be an address that begins with http:// or https://, ${wanted}`;
  const { origin, href, username, password } = new URL(text);
  if (username || password) return `must be an origin, without a user name or password, ${wanted}`;
  return href === `${origin}/` ? undefined : `must be an origin, without a path: ${origin}`;
}

const postgres = 'such as postgresql://USER:PASSWORD@HOST:5432/DATABASE';
const PostgresAddress = z
  .string()
  .regex(/^postgres(ql)?:\/\/./, { error: `must be the address of a PostgreSQL server, ${postgres}`, abort: true })
  .refine((text) => URL.canParse(text), {
    error: `cannot be read as an address, ${postgres}: a port is at most 65535, and in a password the characters / ? # @ : [ ] % are written as %2F and their like`,
  });

/** The environment variables beside those of limits, retention and running, and what each may say. */
export const Environment = z.object({
  /** The address of a PostgreSQL server; without it the embedded database under DATA_DIR is used. */
  DATABASE_URL: PostgresAddress.optional(),
  /** The same database past a pooler, for migrations. */
  DATABASE_DIRECT_URL: PostgresAddress.optional(),
  /** How many connections a process holds to a PostgreSQL server. */
  DATABASE_CONNECTIONS: whole(1000).min(2, 'must be at least 2: one for a transaction, and one beside it').default(20),
  DATA_DIR: z.string().default('.data'),
  PORT: whole(65_535).default(3000),
  /** The address on which the server listens, when that is not loopback. */
  HOST: z
    .string()
    .refine((host) => isIP(host) > 0 || /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(host), {
      message: 'must be an address or a host name alone, such as 0.0.0.0, :: or 192.0.2.7',
    })
    .optional(),
  /** The proxies whose X-Forwarded-For is believed. */
  TRUSTED_PROXIES: listOf(
    isAddressOrRange,
    'must be addresses or ranges with commas between them, such as 127.0.0.1, 10.0.0.0/8',
  ),
  /** The origin under which browsers and apps reach this server, when it is not http://localhost:PORT. */
  PUBLIC_URL: Origin.optional(),
  /** The origin of the bundled apps, when it is not the EHR's. */
  SAMPLES_URL: Origin.optional(),
  /**
   * Whether we may fetch registered addresses in loopback and private ranges; by default, unless others may reach us.
   */
  ALLOW_PRIVATE_ADDRESSES: z.enum(['true', 'false'], 'must be true or false').optional(),
  /** The people who may make sandboxes in the browser: whoever administers one already, or nobody. */
  MAKING_SANDBOXES: z.enum(['admins', 'off'], 'must be admins or off').default('admins'),
  /** How long somebody stays signed in at most, in hours. */
  SESSION_HOURS: whole(720).default(12),
  /** How long somebody stays signed in without using the EHR, in minutes. */
  SESSION_IDLE_MINUTES: whole(43_200).default(120),
  /** FHIR servers beside this one that the bundled apps connect to. */
  SAMPLES_ISS: listOf(
    isWebAddress,
    'must be addresses of FHIR servers with spaces between them, such as https://fhir.example.org/r4',
  ),
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
});

function isAddressOrRange(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  if (bits < 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
}
