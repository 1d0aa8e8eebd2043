import { describe, expect, it } from 'vitest';
import type { AddressKind } from './address-kind.ts';
import { policiesOf } from './policies.ts';

const kinds: AddressKind[] = ['page', 'framing', 'asking', 'sample', 'data'];
const settings = { nonce: 'bm9uY2U=', development: false, sampleServers: ['https://fhir.example'] };

const ancestors: Record<AddressKind, string> = {
  page: "frame-ancestors 'self'",
  framing: "frame-ancestors 'self'",
  asking: "frame-ancestors 'self'",
  sample: "frame-ancestors 'self' https://fhir.example",
  data: "frame-ancestors 'none'",
};

function directive(kind: AddressKind, name: string, development = false): string | undefined {
  const policy = policiesOf(kind, { ...settings, development })['Content-Security-Policy'] ?? '';
  return policy.split('; ').find((one) => one.startsWith(`${name} `));
}

describe.each(kinds)('what a browser is told at an address of kind %s', (kind) => {
  it('keeps it out of frames of others', () => {
    expect(directive(kind, 'frame-ancestors')).toBe(ancestors[kind]);
  });

  it('lets in no script but ours, and evaluates no text', () => {
    const scripts = directive(kind, 'script-src') ?? directive(kind, 'default-src');
    expect(scripts).toMatch(/^(script-src 'self' 'nonce-bm9uY2U=' 'strict-dynamic'|default-src 'none')$/);
    expect(policiesOf(kind, settings)['Content-Security-Policy']).not.toContain('unsafe-eval');
  });

  it('lets in no style sheet without the nonce', () => {
    expect(directive(kind, 'style-src') ?? directive(kind, 'default-src')).not.toContain('unsafe-inline');
  });

  it('has no base address and no plug-in', () => {
    expect(directive(kind, 'base-uri')).toBe("base-uri 'none'");
    expect(directive(kind, 'object-src') ?? directive(kind, 'default-src')).toContain("'none'");
  });

  it('reloads sources only in development', () => {
    expect(directive(kind, 'connect-src') ?? '').not.toContain('ws:');
    if (kind !== 'data') expect(directive(kind, 'connect-src', true)).toContain('ws:');
  });
});

it('lets a bundled app talk to its FHIR servers alone, and send no form', () => {
  expect(directive('sample', 'connect-src')).toBe("connect-src 'self' https://fhir.example");
  expect(directive('sample', 'default-src')).toBe("default-src 'none'");
  expect(directive('sample', 'form-action')).toBe("form-action 'none'");
});

it('lets one kind of page frame others, and pass on features', () => {
  const framing = kinds.filter((kind) => directive(kind, 'frame-src'));
  const passing = kinds.filter((kind) => policiesOf(kind, settings)['Permissions-Policy']?.includes('*'));
  expect([framing, passing]).toEqual([['framing'], ['framing']]);
});

it('separates windows, except where an app has its user asked', () => {
  const policies = kinds.map((kind) => [kind, policiesOf(kind, settings)['Cross-Origin-Opener-Policy']]);
  expect(Object.fromEntries(policies)).toEqual({
    page: 'same-origin',
    data: 'same-origin',
    framing: 'same-origin-allow-popups',
    asking: 'unsafe-none',
    sample: 'unsafe-none',
  });
});
