/**
 * Tries every route, page and action on disk with the ids of another sandbox. A new one is tried without being listed
 * here, unless it is open to strangers on purpose or called in an unusual way.
 */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { env } from '#lib/env.ts';
import { argumentsOf, calledActions, calls, ofOrigin, outcome, preparations } from './action-calls.ts';
import { forgetCookies, formOf, signInAs } from './action-request.ts';
import { type Entrance, findEntrances, segmentsOf, valuesOf } from './entrances.ts';
import { digestOf, fieldsNaming, type Holdings, makeHoldings } from './holdings.ts';

let ours: Holdings;
let theirs: Holdings;

/** Whether our own sandbox may have been changed, so that the next test needs a new one. */
let isUsed = true;

beforeAll(async () => {
  theirs = await makeHoldings();
});

beforeEach(async () => {
  if (isUsed) ours = await makeHoldings();
  isUsed = false;
  forgetCookies();
});

type Person = 'nobody' | keyof Holdings['users'];

async function be(person: Person, of: Holdings) {
  forgetCookies();
  if (person !== 'nobody') await signInAs(of.users[person]);
}

const refusals = [401, 403, 404];

async function expectUntouched(work: () => Promise<unknown>, held = theirs) {
  const before = await digestOf(held.id);
  const result = await work();
  expect(await digestOf(held.id)).toEqual(before);
  return result;
}

const actionFiles = await findEntrances('actions');
const routeFiles = await findEntrances('route');
const pageFiles = await findEntrances('page');

describe('server actions', () => {
  const actions = calledActions(actionFiles);
  const ofSandbox = actions.filter(({ name }) => !ofOrigin[name]);

  const call = (name: string, action: Entrance['exports'][string], slug: string, held: Holdings) =>
    outcome(() => action(...(argumentsOf(name, action.length, slug, held) as never[])));

  it('are found on disk', () => {
    expect(ofSandbox.length).toBeGreaterThan(20);
    for (const { file } of ofSandbox) expect(file).toContain('app/[sandbox]/');
  });

  describe.each(ofSandbox)('$name of $file', ({ file, name, action }) => {
    it('refuses who is signed out, and who belongs to another sandbox', async () => {
      await expectUntouched(async () => {
        for (const [person, expected] of [
          ['nobody', 401],
          ['admin', 403],
          ['chen', 403],
          ['peter', 403],
          ['stranger', 403],
        ] as const) {
          await be(person, ours);
          expect(await call(name, action, theirs.slug, theirs)).toBe(expected);
        }
      });
    });

    it('touches nothing of another sandbox, whose ids are named in one’s own', async () => {
      isUsed = true;
      await be('admin', ours);
      await expectUntouched(() => call(name, action, ours.slug, { ...theirs, slug: ours.slug }));
    });

    if (file.includes('/admin/')) {
      it('refuses members who are no administrators', async () => {
        await expectUntouched(async () => {
          for (const person of ['chen', 'peter'] as const) {
            await be(person, ours);
            expect(await call(name, action, ours.slug, ours)).toBe(403);
          }
        }, ours);
      });
    }

    it('would have changed something for who may', async () => {
      if (calls.has(name)) return;
      isUsed = true;
      await preparations[name]?.(ours.id);
      // A clinician revokes their own access; all other actions are an administrator's.
      await be(file.includes('/admin/') ? 'admin' : 'chen', ours);
      const digest = await digestOf(ours.id);
      await call(name, action, ours.slug, ours);
      expect(await digestOf(ours.id)).not.toEqual(digest);
    });
  });

  it.each(Object.keys(ofOrigin))('%s, of the origin, touches no sandbox of somebody else', async (name) => {
    const action = actions.find((one) => one.name === name)?.action;
    isUsed = true;
    const given = ofOrigin[name]?.(formOf(fieldsNaming(theirs)));
    await be('nobody', ours);
    await expectUntouched(async () => expect(await outcome(() => action?.(...(given as never[])))).toBe(401));
    for (const person of ['admin', 'chen', 'stranger'] as const) {
      await be(person, ours);
      await expectUntouched(() => outcome(() => action?.(...(given as never[]))));
    }
  });
});

/** Values for the dynamic segments of a path, taken from `held`. */
function paramsOf(file: string, slug: string, held: Holdings): Record<string, string | string[]> {
  const known: Record<string, string> = {
    sandbox: slug,
    clientId: held.clientId,
    userId: held.users.chen,
    launchId: held.launchId,
    id: 'of-theirs',
    uid: 'uid-of-theirs',
    step: 'consent',
  };
  return valuesOf(file, known, held.grantId);
}

describe('pages', () => {
  /** Pages of the origin, which show no sandbox, or only the user's own. */
  const ofOrigin = /^app\/(page|account|sign-in|samples|sandboxes)/;
  /** Pages that only explain a refusal, and the steps of an authorization request, which a cookie guards. */
  const open = ['app/[sandbox]/launch/refused/page.tsx', 'app/[sandbox]/oauth/interaction/[uid]/page.tsx'];
  const guarded = pageFiles.filter(({ file }) => !ofOrigin.test(file) && !open.includes(file));

  const show = ({ file, exports }: Entrance, slug: string, held: Holdings) =>
    outcome(() => {
      const props = { params: Promise.resolve(paramsOf(file, slug, held)), searchParams: Promise.resolve({}) };
      return (exports.default as ((props: object) => unknown) | undefined)?.(props);
    });

  it('are found on disk', () => expect(guarded.length).toBeGreaterThan(12));

  it.each(guarded)('$file is shown to members alone', async (entrance) => {
    await expectUntouched(async () => {
      for (const [person, expected] of [
        ['nobody', 401],
        ['admin', 403],
        ['chen', 403],
        ['peter', 403],
      ] as const) {
        await be(person, ours);
        expect(await show(entrance, theirs.slug, theirs)).toBe(expected);
      }
    });
    if (!entrance.file.includes('/admin/')) return;
    for (const person of ['chen', 'peter'] as const) {
      await be(person, ours);
      expect(await show(entrance, ours.slug, ours)).toBe(403);
    }
  });

  it.each(guarded.filter(({ file }) => segmentsOf(file).length > 1))(
    '$file shows nothing of another sandbox',
    async (entrance) => {
      await be('admin', ours);
      expect(await show(entrance, ours.slug, theirs)).toBe(404);
    },
  );
});

describe('routes', () => {
  /** Routes that are open to everybody, each with the reason. */
  const open: Record<string, string> = {
    'app/health/route.ts': 'knows no sandbox',
    'app/api/auth/[...nextauth]/route.ts': 'signing in belongs to the origin',
    'app/user-access-brands.json/route.ts': 'published',
    'app/[sandbox]/user-access-brands.json/route.ts': 'published',
    'app/[sandbox]/smart-style.json/route.ts': 'published',
    'app/[sandbox]/.well-known/oauth-authorization-server/route.ts': 'published',
    'app/[sandbox]/.well-known/openid-configuration/route.ts': 'published',
  };
  /** Routes of protocols that authenticate their callers themselves: tried below, one by one. */
  const protocols = {
    fhir: 'app/[sandbox]/fhir/[[...interaction]]/route.ts',
    oauth: 'app/[sandbox]/oauth/[...endpoint]/route.ts',
    interaction: 'app/[sandbox]/oauth/interaction/[uid]/[step]/route.ts',
    launch: 'app/%5Fservices/smart/Launch/[[...launchId]]/route.ts',
  };
  const named = new Set([...Object.keys(open), ...Object.values(protocols)]);
  const guarded = routeFiles.filter(({ file }) => !named.has(file) && !file.startsWith('app/samples/'));
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

  it('that are named here exist', () => {
    const files = routeFiles.map(({ file }) => file);
    for (const file of named) expect(files).toContain(file);
  });

  /** The answers of all methods of a route to a person, about the other sandbox. */
  async function answersTo(person: Person, { file, exports }: Entrance): Promise<unknown[]> {
    await be(person, ours);
    const calls = methods
      .filter((method) => exports[method])
      .map((method) => {
        const headers = { origin: env().origin, 'sec-fetch-site': 'same-origin' };
        const body = method === 'GET' ? {} : { body: formOf(fieldsNaming(theirs)) };
        const request = new Request(`${env().origin}/${theirs.slug}/x?q=&patient=baby`, { method, headers, ...body });
        const params = Promise.resolve(paramsOf(file, theirs.slug, theirs));
        return outcome(() => exports[method]?.(...([request, { params }] as never[])));
      });
    return Promise.all(calls);
  }

  it.each(guarded)('$file answers members alone', async (entrance) => {
    expect(entrance.file).toContain('app/[sandbox]/');
    await expectUntouched(async () => {
      for (const person of ['nobody', 'admin', 'chen', 'peter', 'stranger'] as const) {
        for (const status of await answersTo(person, entrance)) expect(refusals).toContain(status);
      }
    });
  });

  async function send(file: string, method: string, path: string, segments: string[], init: RequestInit = {}) {
    const entrance = routeFiles.find((one) => one.file === file);
    const request = new Request(`${env().origin}/${path}`, { method, ...init });
    const [sandbox = ''] = path.split(/[/?]/);
    const params = Promise.resolve({ sandbox, interaction: segments, endpoint: segments });
    const response = await entrance?.exports[method]?.(...([request, { params }] as never[]));
    return response as Response;
  }

  const patient = JSON.stringify({ resourceType: 'Patient', id: 'baby', active: true });
  const bundle = JSON.stringify({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [{ resource: { resourceType: 'Patient', active: true }, request: { method: 'POST', url: 'Patient' } }],
  });
  const launch = (held: Holdings) => JSON.stringify({ client_id: held.clientId, parameters: { patient: 'baby' } });

  const fhirRequests: [method: string, path: string, body?: (held: Holdings) => string][] = [
    ['GET', 'Patient/baby'],
    ['GET', 'Patient'],
    ['GET', 'Patient/baby/_history'],
    ['GET', '_history'],
    ['GET', ''],
    ['GET', 'Patient/baby/$everything'],
    ['POST', 'Patient/_search'],
    ['POST', 'Patient', () => patient],
    ['POST', '', () => bundle],
    ['PUT', 'Patient/baby', () => patient],
    ['PATCH', 'Patient/baby', () => '[{"op":"add","path":"/active","value":true}]'],
    ['DELETE', 'Patient/baby'],
    ['POST', '_services/smart/Launch', launch],
    ['GET', '_services/smart/Launch/LAUNCH'],
    ['DELETE', '_services/smart/Launch/LAUNCH'],
  ];

  it.each(fhirRequests)(
    '%s %s of the FHIR server takes tokens of its own sandbox alone',
    async (method, path, body) => {
      const address = path.replace('LAUNCH', theirs.launchId);
      const type = method === 'PATCH' ? 'application/json-patch+json' : 'application/json';
      const sent = body ? { body: body(theirs) } : {};
      const bearers = [ours.token, ours.refreshToken, theirs.refreshToken, ours.initialAccessToken];
      const proofs = [{}, ...bearers.map((bearer) => ({ authorization: `Bearer ${bearer}` }))];
      await expectUntouched(async () => {
        for (const proof of proofs) {
          const init = { headers: { ...proof, 'content-type': type }, ...sent };
          const answer = await send(protocols.fhir, method, `${theirs.slug}/fhir/${address}`, address.split('/'), init);
          expect(answer.status).toBe(401);
        }
      });
    },
  );

  it('the launch service names no app, launch or patient of another sandbox', async () => {
    const headers = { authorization: `Bearer ${ours.token}`, 'content-type': 'application/json' };
    const service = ['_services', 'smart', 'Launch'];
    const path = `${ours.slug}/fhir/${service.join('/')}`;
    await expectUntouched(async () => {
      const registered = await send(protocols.fhir, 'POST', path, service, { headers, body: launch(theirs) });
      expect(registered.status).toBe(400);
      for (const method of ['GET', 'DELETE']) {
        const named = [...service, theirs.launchId];
        expect((await send(protocols.fhir, method, `${path}/${theirs.launchId}`, named, { headers })).status).toBe(404);
      }
    });
  });

  it('the service at the root of the origin takes tokens of its own sandbox alone', async () => {
    const headers = { authorization: `Bearer ${ours.token}`, 'content-type': 'application/json' };
    const path = '_services/smart/Launch';
    const answer = await send(protocols.launch, 'POST', path, [], { headers, body: launch(theirs) });
    expect(refusals).toContain(answer.status);
  });

  const secret = 'a secret of the app';
  const oauthRequests: [method: string, endpoint: string, fields: () => Record<string, string>, statuses: number[]][] =
    [
      [
        'POST',
        'token',
        () => ({
          grant_type: 'refresh_token',
          refresh_token: ours.refreshToken,
          client_id: ours.clientId,
          client_secret: secret,
        }),
        [401],
      ],
      [
        'POST',
        'token',
        () => ({
          grant_type: 'refresh_token',
          refresh_token: theirs.refreshToken,
          client_id: ours.clientId,
          client_secret: secret,
        }),
        [401],
      ],
      [
        'POST',
        'token',
        () => ({
          grant_type: 'client_credentials',
          scope: 'system/*.rs',
          client_id: ours.clientId,
          client_secret: secret,
        }),
        [401],
      ],
      [
        'POST',
        'revoke',
        () => ({ token: theirs.refreshToken, client_id: ours.clientId, client_secret: secret }),
        [401],
      ],
      ['POST', 'introspect', () => ({ token: theirs.token, client_id: ours.clientId, client_secret: secret }), [401]],
    ];

  it.each(oauthRequests)(
    '%s %s of the authorization server knows the apps of its own sandbox alone',
    async (method, endpoint, fields, statuses) => {
      await expectUntouched(async () => {
        const path = `${theirs.slug}/oauth/${endpoint}`;
        const answer = await send(protocols.oauth, method, path, [endpoint], { body: new URLSearchParams(fields()) });
        expect(statuses).toContain(answer.status);
      });
    },
  );

  it.each(['userinfo', 'introspect', 'register', `register/CLIENT`])(
    '%s takes bearers of its own sandbox alone',
    async (endpoint) => {
      await expectUntouched(async () => {
        for (const bearer of [ours.token, ours.initialAccessToken]) {
          const address = endpoint.replace('CLIENT', theirs.clientId);
          const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' };
          const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
          const posts = {
            introspect: { headers: form, body: `token=${theirs.token}` },
            register: { headers, body: '{}' },
          };
          const init = posts[endpoint as keyof typeof posts] ?? { headers };
          const method = endpoint in posts ? 'POST' : 'GET';
          const answer = await send(
            protocols.oauth,
            method,
            `${theirs.slug}/oauth/${address}`,
            address.split('/'),
            init,
          );
          expect(refusals).toContain(answer.status);
        }
      });
    },
  );

  it('tokens of another sandbox are none of an app’s business', async () => {
    const fields = { token: theirs.token, client_id: ours.clientId, client_secret: secret };
    const path = `${ours.slug}/oauth/introspect`;
    const answer = await send(protocols.oauth, 'POST', path, ['introspect'], { body: new URLSearchParams(fields) });
    expect(await answer.json()).toEqual({ active: false });
    const revoked = { ...fields, token: theirs.refreshToken };
    await expectUntouched(() =>
      send(protocols.oauth, 'POST', `${ours.slug}/oauth/revoke`, ['revoke'], { body: new URLSearchParams(revoked) }),
    );
  });

  it('every step of an interaction needs the cookie of the browser that began it', async () => {
    await be('chen', ours);
    const entrance = routeFiles.find(({ file }) => file === protocols.interaction);
    await expectUntouched(async () => {
      for (const step of ['patient', 'encounter', 'consent', 'deny', 'account', 'sign-in']) {
        const request = new Request(`${env().origin}/${theirs.slug}/oauth/interaction/uid/${step}`, {
          method: 'POST',
          headers: { origin: env().origin },
          body: new URLSearchParams({ patient: 'baby' }),
        });
        const params = Promise.resolve({ sandbox: theirs.slug, uid: 'uid', step });
        const answer = (await entrance?.exports.POST?.(...([request, { params }] as never[]))) as Response;
        const location = answer.headers.get('location') ?? '';
        expect([400, 401, 403, 404].includes(answer.status) || location.includes('/oauth/interaction/uid')).toBe(true);
      }
    });
  });
});
