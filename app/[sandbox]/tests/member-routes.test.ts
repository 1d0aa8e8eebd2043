import { expect, it, vi } from 'vitest';
import { findEntrances } from './entrances.ts';

const made = vi.hoisted(() => new Set<unknown>());
vi.mock('#lib/session/member-request.ts', async (original) => {
  const module = await original<typeof import('#lib/session/member-request.ts')>();
  const memberRoute: typeof module.memberRoute = (admission, answer) => {
    const route = module.memberRoute(admission, answer);
    made.add(route);
    return route;
  };
  return { ...module, memberRoute };
});

/** The routes below a sandbox that do not serve our own pages, and what checks their requests. */
const others: Record<string, string> = {
  '.well-known/oauth-authorization-server': 'public: RFC 8414',
  '.well-known/openid-configuration': 'public: OpenID Connect Discovery',
  'fhir/[[...interaction]]': 'FHIR: bearer tokens, checked in lib/resource-server',
  'oauth/[...endpoint]': 'OAuth: checked in lib/authorization-server',
  'oauth/interaction/[uid]/[step]': 'the user of an authorization request, who need be no member: interaction/',
  'smart-style.json': 'public: SMART App Launch',
  'user-access-brands.json': 'public: User-access Brands',
};

const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'];
const routes = (await findEntrances('route'))
  .filter(({ file }) => file.startsWith('app/[sandbox]/'))
  .map(({ file, exports }) => ({ path: file.slice('app/[sandbox]/'.length, -'/route.ts'.length), exports }));

it.each(routes)('$path goes through memberRoute, or answers others', ({ path, exports }) => {
  const handlers = Object.entries(exports).filter(([name]) => methods.includes(name));
  expect(handlers.length).toBeGreaterThan(0);
  const expected = !(path in others);
  expect(handlers.map(([name, handler]) => [name, made.has(handler)])).toEqual(
    handlers.map(([name]) => [name, expected]),
  );
});

it('names no route that is not there', () => {
  const paths = routes.map(({ path }) => path);
  expect(Object.keys(others).filter((path) => !paths.includes(path))).toEqual([]);
});
