/** What caches may keep: every route on disk is asked, and says so itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { env } from '#lib/env.ts';
import { forgetCookies, signInAs } from './action-request.ts';
import { findEntrances, segmentsOf } from './entrances.ts';
import { type Holdings, makeHoldings } from './holdings.ts';

let ours: Holdings;

beforeAll(async () => {
  ours = await makeHoldings();
});
beforeEach(() => forgetCookies());

/** Routes that tell everybody the same, and what caches may do with it. */
const published: Record<string, RegExp> = {
  'app/health/route.ts': /no-store/,
  'app/user-access-brands.json/route.ts': /^(public|no-cache)/,
  'app/[sandbox]/user-access-brands.json/route.ts': /^(public|no-cache)/,
  'app/[sandbox]/smart-style.json/route.ts': /^(public|no-cache)/,
  'app/[sandbox]/.well-known/oauth-authorization-server/route.ts': /^no-cache$/,
  'app/[sandbox]/.well-known/openid-configuration/route.ts': /^no-cache$/,
};

const routes = (await findEntrances('route')).filter(
  ({ file }) => !file.startsWith('app/samples/') && !file.startsWith('app/api/'),
);
const methods = ['GET', 'POST', 'DELETE'];

function send(file: string, method: string, headers: Record<string, string>): never[] {
  const segments: Record<string, string> = {
    sandbox: ours.slug,
    interaction: 'Patient',
    endpoint: 'token',
    id: 'scenario',
  };
  const named = segmentsOf(file).map(({ name, many }) => {
    const value = segments[name] ?? 'x';
    return [name, many ? [value] : value] as const;
  });
  const path = file
    .slice('app'.length, -'/route.ts'.length)
    .replaceAll(/\[+\.*(\w+)\]+/g, (_, name: string) => segments[name] ?? 'x');
  const body = method === 'POST' ? { body: new URLSearchParams({ client_id: ours.clientId, patient: 'baby' }) } : {};
  const request = new Request(`${env().origin}${path}?q=a&patient=baby`, {
    method,
    headers: { origin: env().origin, 'sec-fetch-site': 'same-origin', ...headers },
    ...body,
  });
  return [request, { params: Promise.resolve(Object.fromEntries(named)) }] as never[];
}

describe.each(routes)('$file', ({ file, exports }) => {
  it.each(['admin', 'nobody'] as const)('says what caches may do with its answers to %s', async (person) => {
    if (person !== 'nobody') await signInAs(ours.users[person]);
    const bearer: Record<string, string> = person === 'nobody' ? {} : { authorization: `Bearer ${ours.token}` };
    for (const method of methods.filter((one) => exports[one])) {
      const answer = (await exports[method]?.(...send(file, method, bearer))) as Response | undefined;
      expect([method, answer?.headers.get('cache-control')]).toEqual([
        method,
        expect.stringMatching(published[file] ?? /no-store|private, no-cache/),
      ]);
    }
  });
});

it('no page of a sandbox is made in advance or kept', () => {
  const pages = readdirSync('app/[sandbox]', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('page.tsx'),
  );
  expect(pages.length).toBeGreaterThan(20);
  for (const file of pages) {
    expect([file, readFileSync(`app/[sandbox]/${file}`, 'utf8')]).toEqual([
      file,
      expect.not.stringMatching(/force-static|export const revalidate|generateStaticParams|'use cache'/),
    ]);
  }
});
