import { describe, expect, it } from 'vitest';
import { hashClientSecret, matchesClientSecret, newClientSecret } from './secrets.ts';

describe('client secrets', () => {
  it('match their own hash only', async () => {
    const secret = newClientSecret();
    const hash = await hashClientSecret(secret);
    expect(await matchesClientSecret(secret, hash)).toBe(true);
    expect(await matchesClientSecret(`${secret}x`, hash)).toBe(false);
    expect(await matchesClientSecret('', hash)).toBe(false);
  });

  it('are salted and not readable from the hash', async () => {
    const [one, two] = await Promise.all([hashClientSecret('s3cret'), hashClientSecret('s3cret')]);
    expect(one).not.toBe(two);
    expect(one).not.toContain('s3cret');
  });

  it.each(['', 'plain', 'scrypt:4096:', 'bcrypt:4096:AAAA:AAAA'])(
    'match nothing that was not hashed here: %j',
    async (stored) => {
      expect(await matchesClientSecret('plain', stored)).toBe(false);
    },
  );

  it('have 256 bits', () => expect(Buffer.from(newClientSecret(), 'base64url')).toHaveLength(32));
});
