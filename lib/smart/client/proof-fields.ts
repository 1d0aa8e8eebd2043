import { z } from 'zod';
import type { OwnOrigins } from '#lib/address/own-origins.ts';
import { clientTypeChoices, clientTypes } from './choices.ts';
import type { FieldEntry } from './field-entry.ts';
import { address } from './field-rules.ts';
import { ClientKeys } from './keys.ts';

/** The fields by which an app proves who it is. */
export const proofFields = {
  type: {
    kind: 'choice',
    rule: () => z.enum(clientTypes, `must be one of ${clientTypes.join(', ')}`),
    label: 'Client type',
    choices: clientTypeChoices,
    dynamic: { member: 'token_endpoint_auth_method' },
  },
  jwksUri: {
    kind: 'address',
    rule: (own: OwnOrigins) => address('web', own).optional(),
    label: 'JWKS address',
    subject: 'The JWKS address',
    hint: 'Fetched when the app signs in and kept as long as its Cache-Control says, so the app may change its keys',
    onlyFor: 'jwks_uri',
    dynamic: { member: 'jwks_uri', copied: true },
  },
  jwks: {
    kind: 'json',
    rule: () => ClientKeys.optional(),
    label: 'JWKS',
    subject: 'The JWKS',
    hint: 'Public keys only, each with a kid: {"keys": [{"kty": "EC", "crv": "P-384", "kid": "…", "x": "…", "y": "…"}]}. Whenever the app changes its keys, send the new set here: until then its new keys are refused.',
    rows: 6,
    onlyFor: 'jwks',
    dynamic: { member: 'jwks' },
  },
  requirePkce: {
    kind: 'tick',
    rule: () => z.boolean().default(true),
    label: 'Require PKCE',
    hint: 'Turn it off only for an older app that cannot send a code challenge',
    dynamic: 'reset',
  },
} as const satisfies Record<string, FieldEntry>;
