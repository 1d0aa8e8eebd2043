import { describe, expect, it } from 'vitest';
import { launchStatus } from './status.ts';

const now = new Date('2026-03-01T12:00:00Z');
const later = new Date('2026-03-01T12:00:01Z');
const earlier = new Date('2026-03-01T11:59:59Z');

describe('launchStatus', () => {
  it.each([
    [{ expiresAt: later }, 'pending'],
    [{ expiresAt: now }, 'expired'],
    [{ expiresAt: earlier }, 'expired'],
    [{ expiresAt: earlier, usedAt: earlier }, 'used'],
    [{ expiresAt: later, usedAt: earlier }, 'used'],
    [{ expiresAt: later, withdrawnAt: earlier }, 'withdrawn'],
    [{ expiresAt: earlier, withdrawnAt: earlier }, 'withdrawn'],
  ])('%j is %s', (times, expected) => expect(launchStatus(times, now)).toBe(expected));
});
