import { expect, it } from 'vitest';
import { isSandboxSlug } from './slug.ts';

it.each(['demo', 'a', '7', 'st-mary-2', 'x'.repeat(40)])('lets a sandbox be called %s', (slug) => {
  expect(isSandboxSlug(slug)).toBe(true);
});

it.each([
  '',
  'Demo',
  'x'.repeat(41),
  '-demo',
  'demo-',
  'de mo',
  'de/mo',
  'démo',
  'demo\n',
  '..',
  '_next',
  '_services',
  'api',
  'samples',
  'sign-in',
  'static',
  'health',
  'brands',
  'user-access-brands.json',
  'favicon.ico',
  '404',
  '500',
  'index',
])('does not let a sandbox be called %j', (slug) => {
  expect(isSandboxSlug(slug)).toBe(false);
});
