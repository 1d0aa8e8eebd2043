/**
 * Lets the database fail under every route, page and action on disk, from its first statement on, from its second on, and so
 * forth: each says 503 in its own form, and has written all or nothing. A new one is tried without being listed here.
 */

import { NextRequest } from 'next/server';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Fault, faults, makeFallible, whileFailing } from '#lib/data/database/tests/failing-database.ts';
import { env } from '#lib/env.ts';
import { log } from '#lib/log/log.ts';
import * as goOn from '../../sandboxes/go-on.ts';
import { argumentsOf, calledActions, calls, preparations } from './action-calls.ts';
import { forgetCookies, formOf, signInAs } from './action-request.ts';
import { findEntrances, valuesOf } from './entrances.ts';
import { digestOf, fieldsNaming, type Holdings, makeHoldings } from './holdings.ts';
import { outcomeInTrouble } from './trouble-outcome.ts';

let held: Holdings;

beforeAll(async () => {
  makeFallible();
  for (const method of ['error', 'info'] as const) vi.spyOn(log, method).mockImplementation(() => {});
  vi.spyOn(goOn, 'goOnWithSandboxes').mockImplementation(() => {});
  held = await makeHoldings();
});
beforeEach(() => forgetCookies());

/** A trouble in which nothing is sent a second time: a statement that comes late would be counted with the next call. */
const crowded = new Map(faults).get('too many connections') as Fault;

const maxStatements = 40;

/** Calls with a database that fails from each statement on, until it needs none of those that fail. */
async function failEverywhere(call: () => unknown, after: () => Promise<void> = async () => {}): Promise<string[]> {
  const outcomes: string[] = [];
  for (let from = 1; from <= maxStatements; from++) {
    const fail = () => whileFailing({ from, fault: crowded }, () => outcomeInTrouble(call));
    let { result, failed } = await fail();
    // What failed may have been a statement of the call before that came late; that happens once.
    if (failed && good([`${from}: ${result}`]).length > 0) ({ result, failed } = await fail());
    if (!failed) break;
    outcomes.push(`${from}: ${result}`);
    await after();
  }
  return outcomes;
}

const good = (outcomes: string[]) => outcomes.filter((one) => !/: (503|thrown)$/.test(one));

/** What a request does beside its answer may fail without it. */
const pages = (await findEntrances('page')).filter(({ file }) => !file.startsWith('app/samples/'));
const routes = (await findEntrances('route')).filter(({ file }) => !/^app\/(samples|health)\//.test(file));
const actions = calledActions(await findEntrances('actions')).filter(({ name }) => !calls.has(name));

function paramsOf(file: string): Record<string, string | string[]> {
  const known: Record<string, string> = {
    sandbox: held.slug,
    clientId: held.clientId,
    userId: held.users.chen,
    launchId: held.launchId,
    uid: 'uid',
    step: 'consent',
    id: 'baby',
  };
  return valuesOf(file, known, held.grantId);
}

const person = (file: string) => (file.includes('/admin/') ? held.users.admin : held.users.chen);

/** A body that a script of ours, an app or another server may send. */
function bodyOf({ patient, encounter, client_id, scenario }: ReturnType<typeof fieldsNaming>): object {
  return { resourceType: 'Patient', hook: 'patient-view', patient, encounter, client_id, scenario };
}

/** A request to the address of a route file, to which a protocol's route needs a real path. */
function requestTo(file: string, method: string, init: RequestInit): NextRequest {
  const place = file.replace(/^app|\/route\.ts$/g, '').replaceAll('%5F', '_');
  const path = place
    .replace('[sandbox]', held.slug)
    .replace('[[...interaction]]', 'Patient/baby')
    .replace('[...endpoint]', 'token')
    .replace('[...nextauth]', 'session')
    .replace('/[[...launchId]]', '');
  return new NextRequest(`${env().origin}${path}?patient=baby&q=a`, { method, ...init } as never);
}

describe('pages', () => {
  it.each(pages)('$file', async ({ file, exports }) => {
    await signInAs(person(file));
    const show = exports.default as unknown as (props: object) => unknown;
    const props = () => ({ params: Promise.resolve(paramsOf(file)), searchParams: Promise.resolve({}) });
    expect(good(await failEverywhere(() => show(props())))).toEqual([]);
  });
});

describe('actions', () => {
  it.each(actions)('$name of $file', async ({ file, name, action }) => {
    held = await makeHoldings();
    await preparations[name]?.(held.id);
    await signInAs(file.includes('/admin/') || !file.includes('[sandbox]') ? held.users.admin : held.users.chen);
    const before = await digestOf(held.id);
    const halves: unknown[] = [];
    const outcomes = await failEverywhere(
      () => action(...(argumentsOf(name, action.length, held.slug, held) as never[])),
      async () => void halves.push(await digestOf(held.id)),
    );
    expect(good(outcomes)).toEqual([]);
    for (const half of halves) expect(half).toEqual(before);
    expect(outcomes.length).toBeGreaterThan(0);
  });
});

describe('routes', () => {
  const bodies: Record<string, (fields: ReturnType<typeof fieldsNaming>) => RequestInit> = {
    form: (fields) => ({ body: formOf(fields) }),
    json: (fields) => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(bodyOf(fields)) }),
  };

  it.each(
    routes.flatMap(({ file, exports }) =>
      ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].flatMap((method) =>
        exports[method] ? [{ file, method, route: exports[method] }] : [],
      ),
    ),
  )('$method $file', async ({ file, method, route }) => {
    const outcomes: string[] = [];
    for (const [kind, init] of Object.entries(bodies)) {
      if (kind === 'json' && ['GET', 'OPTIONS'].includes(method)) continue;
      const call = () => {
        const { headers = {}, ...body } = ['GET', 'OPTIONS'].includes(method) ? {} : init(fieldsNaming(held));
        const request = requestTo(file, method, { ...body, headers: { ...(headers as object), ...proofs() } });
        return route(...([request, { params: Promise.resolve(paramsOf(file)) }] as never[]));
      };
      await signInAs(person(file));
      outcomes.push(...(await failEverywhere(call)));
    }
    expect(good(outcomes)).toEqual([]);
  });
});

/** Proves everything at once: a page of ours, a browser that is signed in, an app with a token. */
function proofs(): Record<string, string> {
  return {
    origin: env().origin,
    'sec-fetch-site': 'same-origin',
    authorization: `Bearer ${held.token}`,
  };
}
