import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { refusalOfSpeculation } from './speculative-request.ts';

/** An address of every page and route on disk. */
const addresses = readdirSync('app', { recursive: true, encoding: 'utf8' })
  .filter((file) => /(^|\/)(page|route)\.tsx?$/.test(file))
  .map((file) => `/${file}`.replace(/\/(page|route)\.tsx?$/, ''))
  .map((path) => path.replaceAll(/\/\([^)]+\)/g, '').replaceAll(/\[+\.*(\w+)\]+/g, 'x') || '/');

describe.each(addresses)('%s', (url) => {
  it.each([
    { 'sec-purpose': 'prefetch' },
    { 'sec-purpose': 'prefetch;prerender' },
    { purpose: 'prefetch' },
    { 'x-moz': 'prefetch' },
    { 'next-router-prefetch': '1' },
    { 'next-router-prefetch': '2' },
    { 'next-router-segment-prefetch': '/_tree' },
  ])('is not answered to %j', (headers) => {
    expect(refusalOfSpeculation({ method: 'GET', url: `${url}?a=b`, headers })).toMatchObject({
      status: 503,
      headers: { 'Cache-Control': 'no-store' },
    });
  });

  it('is answered to who asks', () => {
    const headers = { 'sec-fetch-mode': 'navigate', 'next-url': '/x', rsc: '1' };
    for (const method of ['GET', 'POST']) expect(refusalOfSpeculation({ method, url, headers })).toBeUndefined();
  });
});

it('HEAD is answered for what is published, for FHIR and for nothing else', () => {
  const answered = addresses.filter((url) => !refusalOfSpeculation({ method: 'HEAD', url, headers: {} }));
  expect(answered.filter((url) => !url.startsWith('/samples/')).sort()).toEqual([
    '/',
    '/health',
    '/user-access-brands.json',
    '/x/.well-known/oauth-authorization-server',
    '/x/.well-known/openid-configuration',
    '/x/fhir/x',
    '/x/smart-style.json',
    '/x/user-access-brands.json',
  ]);
});

it('files of the build may be had in advance', () => {
  const asked = { url: '/_next/static/chunks/a.js', headers: { purpose: 'prefetch' } };
  expect(refusalOfSpeculation({ method: 'GET', ...asked })).toBeUndefined();
  expect(refusalOfSpeculation({ method: 'HEAD', ...asked })).toBeUndefined();
});
