import { describe, expect, it } from 'vitest';
import { LaunchId } from './ids.ts';
import { type LaunchState, launchIdRefusal, launchIdRefusalText, launchUrl } from './launch.ts';

const fhir = 'http://localhost:3000/demo/fhir';

describe('launchUrl', () => {
  it.each([
    [
      'https://app.example/launch',
      'https://app.example/launch?iss=http%3A%2F%2Flocalhost%3A3000%2Fdemo%2Ffhir&launch=abc',
    ],
    [
      'https://app.example/launch.html?theme=dark',
      'https://app.example/launch.html?theme=dark&iss=http%3A%2F%2Flocalhost%3A3000%2Fdemo%2Ffhir&launch=abc',
    ],
    [
      'https://app.example/?iss=mine#top',
      'https://app.example/?iss=http%3A%2F%2Flocalhost%3A3000%2Fdemo%2Ffhir&launch=abc#top',
    ],
  ])('adds to %s', (launchUri, expected) => expect(launchUrl(launchUri, fhir, LaunchId.parse('abc'))).toBe(expected));
});

describe('launchIdRefusal', () => {
  const now = new Date('2026-03-01T12:00:00Z');
  const earlier = new Date('2026-03-01T11:59:00Z');
  const launch: LaunchState = {
    sandboxId: 1,
    clientId: 'app',
    userId: 'u1',
    expiresAt: new Date('2026-03-01T12:04:00Z'),
  };
  const use = { sandboxId: 1, clientId: 'app', userId: 'u1' };

  it.each([
    ['none for its own client and user', launch, use, undefined],
    ['none while nobody is signed in', launch, { sandboxId: 1, clientId: 'app' }, undefined],
    [
      'none for any user when it is bound to none',
      { ...launch, userId: undefined },
      { ...use, userId: 'u2' },
      undefined,
    ],
    ['unknown', undefined, use, 'unknown'],
    ['expired', { ...launch, expiresAt: earlier }, use, 'expired'],
    ['expired at the very moment', { ...launch, expiresAt: now }, use, 'expired'],
    ['used', { ...launch, usedAt: earlier }, use, 'used'],
    ['withdrawn', { ...launch, withdrawnAt: earlier }, use, 'withdrawn'],
    ['foreign-sandbox', launch, { ...use, sandboxId: 2 }, 'foreign-sandbox'],
    ['foreign-client', launch, { ...use, clientId: 'other' }, 'foreign-client'],
    ['foreign-user', launch, { ...use, userId: 'u2' }, 'foreign-user'],
    ['foreign-client though used', { ...launch, usedAt: earlier }, { ...use, clientId: 'other' }, 'foreign-client'],
  ] as const)('is %s', (_, given, by, expected) => {
    expect(launchIdRefusal(given as LaunchState | undefined, by, now)).toBe(expected);
  });

  it('has a text of its own for each', () => {
    const texts = Object.values(launchIdRefusalText);
    expect(new Set(texts).size).toBe(texts.length);
  });
});
