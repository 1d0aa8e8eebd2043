import { z } from 'zod';

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
/** The length of a modulus of 2048 bits in base64url. */
const minModulusLength = 342;

const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/, 'must be base64url');
const kid = z.string().min(1, 'must not be empty').max(200);

const RsaKey = z.looseObject({
  kty: z.literal('RSA'),
  kid,
  n: base64url.min(minModulusLength, 'must have at least 2048 bits'),
  e: base64url,
});
const EcKey = z.looseObject({ kty: z.literal('EC'), kid, crv: z.string(), x: base64url, y: base64url });

const PublicKey = z
  .discriminatedUnion('kty', [RsaKey, EcKey], { error: 'must have "kty" RSA or EC: a public key for RS384 or ES384' })
  .refine((key) => !privateMembers.some((member) => member in key), {
    error: `holds a private key. Register the public part only (without ${privateMembers.join(', ')})`,
    // Also said of a key that is wrong otherwise; of what is no object at all, only that is said.
    when: ({ value }) => value instanceof Object,
  });

/**
 * The rule of an app's JWK Set by value: one to 20 RSA or EC keys, each with a `kid` of its own and no private part.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/client-confidential-asymmetric.html#registering-a-client-communicating-public-keys
 */
export const ClientKeys = z
  .object({
    keys: z.array(PublicKey).min(1, 'must hold at least one public key').max(20, 'must not hold more than 20 keys'),
  })
  .refine(({ keys }) => new Set(keys.map((key) => key.kid)).size === keys.length, {
    error: 'must not use a kid twice',
    path: ['keys'],
  });

/** A JWK Set of public keys. */
export type ClientKeys = z.infer<typeof ClientKeys>;
