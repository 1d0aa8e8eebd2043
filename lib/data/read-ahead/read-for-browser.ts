import type { LaunchHash } from '#lib/smart/launch/ids.ts';
import { isSandboxSlug } from '#lib/smart/sandbox/slug.ts';
import { type Json, rowOf } from '../database/json-row.ts';
import type { SecretHash } from '../database/secret-hash.ts';
import { name, query, type Sql, sql } from '../database/sql.ts';
import { guesserInBrowser, isExhausted } from '../launch/guesses.ts';
import { type SandboxMemberRow, sandboxMemberColumns } from '../member/sandbox-member.ts';
import { type SignInRow, signInOf, toSignIn } from '../session/live-session.ts';
import { storedKey } from '../token/oidc-payloads.ts';
import { ReadAhead } from './read-ahead.ts';

/** The things that a browser's request to the authorization server names; undefined for each that it does not name. */
export interface BrowserNames {
  /** The session at the EHR. */
  ehrSession?: SecretHash | undefined;
  /** The value of the login session's cookie. */
  session?: string | undefined;
  /** The interaction after which the request continues; it stores the client and the launch. */
  interaction?: string | undefined;
  clientId?: string | undefined;
  launchHash?: LaunchHash | undefined;
}

interface Row {
  sandbox: Json;
  signIn: Json | null;
  session: Json | null;
  interaction: (Json & { payload: { params?: { client_id?: string; launch?: LaunchHash } } }) | null;
  client: Json | null;
  launch: Json | null;
  exhausted: boolean;
  member: SandboxMemberRow | null;
}

/**
 * Reads the sandbox named `slug` and everything that a browser's request names in one query; undefined when there is no
 * such sandbox.
 */
export async function readForBrowser(
  slug: string,
  names: BrowserNames,
  now = new Date(),
): Promise<ReadAhead | undefined> {
  if (!isSandboxSlug(slug)) return undefined;
  const { clientId, launchHash } = names;
  const [row] = await query<Row>(
    sql`SELECT to_jsonb(s) AS sandbox, to_jsonb(h) AS "signIn", to_jsonb(p) AS session, to_jsonb(i) AS interaction, to_jsonb(c) AS client,
        to_jsonb(l) AS launch, ${hasGuessed(names)} AS exhausted, to_jsonb(a) AS member
      FROM sandbox s
        LEFT JOIN ${signInOf(names.ehrSession, now)} h ON TRUE
        LEFT JOIN oidc_payload p ON p.sandbox_id = s.id AND ${isArtifact('p', 'Session', names.session)}
        LEFT JOIN oidc_payload i ON i.sandbox_id = s.id AND ${isArtifact('i', 'Interaction', names.interaction)}
        LEFT JOIN client c ON c.sandbox_id = s.id
          AND c.client_id = COALESCE(${clientId ?? null}::text, i.payload -> 'params' ->> 'client_id')
        LEFT JOIN launch_context l
          ON l.launch_id = COALESCE(${launchHash ?? null}::text, i.payload -> 'params' ->> 'launch')
        LEFT JOIN LATERAL (
          SELECT ${sandboxMemberColumns} FROM membership m JOIN "user" u ON u.id = m.user_id
          WHERE m.sandbox_id = s.id AND m.user_id = h.user_id) a ON TRUE
      WHERE s.slug = ${slug}`,
  );
  return row && readAhead(row, names, now);
}

/** SQL that holds when whoever brings the launch id has tried too many of others; FALSE without a launch id. */
function hasGuessed({ launchHash, clientId = '' }: BrowserNames): Sql {
  return launchHash === undefined ? sql`FALSE` : isExhausted(guesserInBrowser(sql`s.id`, clientId, sql`h.user_id`));
}

function isArtifact(alias: string, model: string, id: string | undefined): Sql {
  if (id === undefined) return sql`FALSE`;
  return sql`${name(alias)}.model = ${model} AND ${name(alias)}.id = ${storedKey({ model, id }).id}`;
}

function readAhead(row: Row, { session, interaction, ...asked }: BrowserNames, now: Date): ReadAhead {
  const ahead = new ReadAhead(row.sandbox, row.exhausted);
  const { client_id, launch } = row.interaction?.payload.params ?? {};
  const clientId = asked.clientId ?? client_id;
  const launchHash = asked.launchHash ?? launch;
  if (session) ahead.keepArtifact('Session', session, row.session);
  if (interaction) ahead.keepArtifact('Interaction', interaction, row.interaction);
  if (clientId) ahead.keepClient(clientId, row.client);
  if (launchHash) ahead.keepLaunch(launchHash, row.launch);
  if (row.signIn) {
    ahead.signIn = toSignIn(rowOf<SignInRow>(row.signIn), now);
    ahead.keepMember(ahead.signIn.userId, row.member);
  }
  return ahead;
}
