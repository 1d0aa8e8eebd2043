import { randomBytes } from 'node:crypto';
import { cdsClientId } from '../token/cds-client-id.ts';
import { storedPayload } from '../token/oidc-payloads.ts';
import { writeTogether } from '../token/oidc-writes.ts';

/** The contents of an access token for a CDS service. */
export interface CdsTokenRequest {
  sandboxId: number;
  /** Id of the service's registration. */
  service: string;
  userId: string;
  /** Id of the Patient whose chart is open. */
  patient: string;
  scope: string;
  /** The FHIR base. */
  audience: string;
  /** In seconds. */
  lifetime: number;
}

/**
 * Issues an access token of the sandbox's authorization server to a CDS service, under a grant of its own. Each use of
 * the token checks the user's membership and the service's registration as they are then.
 * @see https://cds-hooks.hl7.org/2.0/#passing-the-access-token-to-the-cds-service
 */
export async function issueCdsToken(asked: CdsTokenRequest, now = new Date()): Promise<string> {
  const { sandboxId, userId, patient, scope, audience, lifetime } = asked;
  const clientId = cdsClientId(asked.service);
  const [value, grantId] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
  const iat = Math.floor(now.getTime() / 1000);
  const times = { iat, exp: iat + lifetime };
  const expiresAt = new Date(times.exp * 1000);
  const whose = { accountId: userId, clientId };
  const token = {
    kind: 'AccessToken',
    ...times,
    ...whose,
    jti: value,
    grantId,
    scope,
    aud: audience,
    gty: 'cds_hooks',
  };
  await writeTogether({
    sandboxId,
    first: [],
    consumed: [],
    removed: [],
    removedOfGrant: [],
    ended: [],
    newGrant: { sandboxId, grantId, clientId, userId, context: { patient } },
    kept: [
      storedPayload({ model: 'Grant', id: grantId }, { kind: 'Grant', ...times, ...whose, jti: grantId }, expiresAt),
      storedPayload({ model: 'AccessToken', id: value }, token, expiresAt),
    ],
  });
  return value;
}
