import type { KoaContextWithOIDC } from 'oidc-provider';
import { patientRow } from '#lib/audit/note-patient.ts';
import { recordRequest } from '#lib/audit/record-request.ts';
import { nothingTouched, touchedOf } from '#lib/data/touched.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { isId } from '#lib/fhir/reference/reference.ts';
import { noteClient } from '#lib/log/request-notes.ts';
import { count } from '#lib/telemetry/metrics.ts';
import { type OauthEvent, type RequestState, stateOf } from './request-state.ts';

/**
 * Koa middleware around the provider: notes tokens that are issued or refused, clients that fail to authenticate,
 * tokens that are revoked and apps that register themselves, for `recordAnswer`.
 */
export async function noteForAudit(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  await next();
  noteClient(ctx.oidc?.client?.clientId);
  const event = await eventOf(ctx);
  if (event) stateOf(ctx).event = event;
}

/**
 * Records what an answer did in the audit log of the sandbox, with the status that the answer has in the end. Nobody
 * waits for the record.
 */
export function recordAnswer({ sandbox, event: noted }: RequestState, status: number): void {
  if (noted) recordRequest(sandbox.id, noted.requestor, { ...noted.event, status });
}

async function eventOf(ctx: KoaContextWithOIDC): Promise<OauthEvent | undefined> {
  const route = ctx.oidc?.route ?? '';
  if (errorOf(ctx) === 'invalid_client') return failedClient(ctx);
  if (route === 'token') return tokenEvent(ctx);
  if (route === 'revocation') return revocation(ctx);
  return ctx.status < 300 ? registration(ctx, route) : undefined;
}

/** An app that did not prove who it is. Only one that exists is its agent; what was sent stands in the query. */
function failedClient(ctx: KoaContextWithOIDC): OauthEvent {
  const clientId = ctx.oidc.client?.clientId;
  const tried = String(ctx.oidc.params?.client_id ?? clientId ?? '').slice(0, 200);
  return {
    requestor: withoutUndefined({ clientId }),
    event: { ...about(ctx, { client_id: tried }), interaction: 'client-authentication', counted: true },
  };
}

async function tokenEvent(ctx: KoaContextWithOIDC): Promise<OauthEvent | undefined> {
  const { client, params, grant, account } = ctx.oidc;
  if (!client) return undefined;
  const isIssued = ctx.status === 200;
  countTokens(params?.grant_type, isIssued);
  const { grantContext, members } = stateOf(ctx);
  const member = account && (await members.get(account.accountId));
  const who = {
    clientId: client.clientId,
    username: member?.username,
    userId: account?.accountId,
    fhirUser: member?.fhirUser,
  };
  const { scope } = ctx.body as { scope?: string };
  const told = { grant_type: String(params?.grant_type ?? ''), ...(isIssued ? { scope } : { error: errorOf(ctx) }) };
  const patient = isId(grantContext?.patient) ? [patientRow(stateOf(ctx).sandbox.id, grantContext.patient)] : [];
  return {
    requestor: withoutUndefined({ ...who, grantId: grant?.jti }),
    event: { ...about(ctx, told), interaction: 'token', touched: touchedOf(patient), counted: !isIssued },
  };
}

const grantTypes = new Set<unknown>(['authorization_code', 'refresh_token', 'client_credentials']);

function countTokens(grantType: unknown, isIssued: boolean): void {
  const known = grantTypes.has(grantType) ? String(grantType) : 'other';
  count('ehr_token_requests_total', { grant_type: known, result: isIssued ? 'issued' : 'refused' });
}

function revocation(ctx: KoaContextWithOIDC): OauthEvent | undefined {
  const { AccessToken, RefreshToken, ClientCredentials } = ctx.oidc.entities;
  const token = RefreshToken ?? AccessToken ?? ClientCredentials;
  if (!token || ctx.status !== 200) return undefined;
  const { accountId: userId, grantId } = token as { accountId?: string; grantId?: string };
  return {
    requestor: withoutUndefined({ clientId: ctx.oidc.client?.clientId, userId, grantId }),
    event: { ...about(ctx, { change: 'revoked', kind: token.kind }), interaction: 'access', action: 'D' },
  };
}

const registered = new Map([
  ['registration', 'C'],
  ['client_update', 'U'],
  ['client_delete', 'D'],
] as const);

function registration(ctx: KoaContextWithOIDC, route: string): OauthEvent | undefined {
  const action = registered.get(route as 'registration');
  const clientId = ctx.oidc?.entities.Client?.clientId;
  if (!action || !clientId) return undefined;
  return {
    requestor: { clientId },
    event: { ...about(ctx, { client_id: clientId, by: 'itself' }), interaction: 'app', action },
  };
}

function about(ctx: KoaContextWithOIDC, told: Record<string, string | undefined>) {
  const sent = Object.entries(told).filter((entry): entry is [string, string] => Boolean(entry[1]));
  // The address of a registration ends in its id, which the query has.
  const [path = ''] = /^oauth\/\w+/.exec(ctx.path.slice(1)) ?? [];
  return { method: ctx.method, path, query: `${new URLSearchParams(sent)}`, touched: nothingTouched() };
}

function errorOf({ body }: KoaContextWithOIDC): string | undefined {
  const { error } = (typeof body === 'object' && body ? body : {}) as { error?: unknown };
  return typeof error === 'string' ? error : undefined;
}
