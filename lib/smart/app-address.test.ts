import { describe, expect, it } from 'vitest';
import { absoluteAddress, issueOfAddress } from './app-address.ts';

const origin = 'http://ehr.example:3000';

describe('issueOfAddress', () => {
  it.each([
    ['https://app.example.org/callback', 'redirect'],
    ['http://localhost:8080/', 'redirect'],
    ['http://127.0.0.1/', 'web'],
    ['http://[::1]:9000/x', 'web'],
    ['http://ehr.example:3000/samples/x/', 'redirect'],
    ['/samples/bilirubin-chart/', 'redirect'],
    ['/samples/keys.json', 'web'],
    ['org.example.app:/callback', 'redirect'],
  ] as const)('accepts %s as %s', (address, use) => expect(issueOfAddress(address, use, { origin })).toBeUndefined());

  it.each([
    ['http://app.example.org/', 'redirect', /https/],
    ['javascript:alert(1)', 'redirect', /native app/],
    ['data:text/html,x', 'redirect', /native app/],
    ['org.example.app:/keys', 'web', /https/],
    ['//evil.example/', 'redirect', /absolute/],
    ['/\\evil.example/', 'redirect', /backslashes/],
    ['/samples/x#part', 'redirect', /fragment/],
    ['https://app.example.org/#/callback', 'redirect', /fragment/],
    ['https://*.example.org/', 'redirect', /wildcard/],
    ['https://user:secret@app.example.org/', 'redirect', /password/],
    ['https:app.example.org', 'redirect', /two slashes/],
    ['callback', 'redirect', /absolute/],
    [`https://app.example.org/${'x'.repeat(2000)}`, 'redirect', /longer/],
  ] as const)('refuses %s as %s', (address, use, issue) =>
    expect(issueOfAddress(address, use, { origin })).toMatch(issue),
  );
});

describe('absoluteAddress', () => {
  it.each([
    ['/samples/x/', `${origin}/samples/x/`],
    ['https://app.example.org/', 'https://app.example.org/'],
    ['//evil.example/', '//evil.example/'],
  ])('makes %s %s', (address, absolute) => expect(absoluteAddress(address, { origin })).toBe(absolute));
});
