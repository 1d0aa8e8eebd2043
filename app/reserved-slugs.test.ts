import { readdirSync } from 'node:fs';
import { BLOCKED_PAGES, STATIC_STATUS_PAGES } from 'next/dist/shared/lib/constants.js';
import { UNDERSCORE_NOT_FOUND_ROUTE } from 'next/dist/shared/lib/entry-constants.js';
import { expect, it } from 'vitest';
import { isSandboxSlug } from '#lib/smart/sandbox/slug.ts';

/** The first segments of what stands on disk under app/, without groups and dynamic segments, and under public/. */
const onDisk = ['app', 'public']
  .flatMap((folder) => readdirSync(folder))
  .filter((name) => !/^[[(_]/.test(name) && !/\.tsx?$/.test(name))
  .map((name) => decodeURIComponent(name));

/** The segments that Next keeps for itself. */
const ofNext = [...BLOCKED_PAGES, ...STATIC_STATUS_PAGES, UNDERSCORE_NOT_FOUND_ROUTE, '/404', '/_next', '/index'];

it.each([...onDisk, ...ofNext.map((path) => path.slice(1)), '.well-known'])(
  'the router answers /%s itself, so no sandbox is called so',
  (segment) => expect(isSandboxSlug(segment)).toBe(false),
);

it('finds what stands on disk', () => expect(onDisk).toEqual(expect.arrayContaining(['api', 'samples', 'schema'])));
