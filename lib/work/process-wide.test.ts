import { randomUUID } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';

/** Loads a module anew, as the bundler does for each of its chunks. */
async function copies<T>(load: () => Promise<T>): Promise<[T, T]> {
  const first = await load();
  vi.resetModules();
  return [first, await load()];
}

it('is the same for two copies of the module', async () => {
  const [one, other] = await copies(() => import('./process-wide.ts'));
  expect(one).not.toBe(other);
  const [name, make] = [randomUUID(), vi.fn(() => ({}))];
  expect(other.processWide(name, make)).toBe(one.processWide(name, make));
  expect(make).toHaveBeenCalledTimes(1);
});

it('makes two copies of a queue run no more than one may, and each refuse with its own error', async () => {
  const name = randomUUID();
  const [one, other] = (await copies(() => import('./fair-queue.ts'))).map(
    ({ FairQueue }, copy) =>
      new FairQueue({ name, maxAtOnce: 1, maxWaiting: 1, full: () => new Error(`full ${copy}`) }),
  ) as [Queue, Queue];
  const [end, began] = [Promise.withResolvers<void>(), vi.fn(async () => {})];
  const running = one.run('a', () => end.promise);
  const waiting = other.run('a', began);
  await expect(one.run('a', began)).rejects.toThrow('full 0');
  await expect(other.run('a', began)).rejects.toThrow('full 1');
  expect(began).not.toHaveBeenCalled();
  end.resolve();
  await Promise.all([running, waiting]);
  expect(began).toHaveBeenCalledTimes(1);
});

type Queue = InstanceType<typeof import('./fair-queue.ts').FairQueue>;

/** What each copy of a module may have for itself: remembered results, and what belongs to a request or an object. */
const ofEachCopy = [
  'lib/authorization-server/authorization/authorization.ts authorizations',
  'lib/authorization-server/providers.ts running',
  'lib/authorization-server/registration/request.ts underway',
  'lib/authorization-server/request/request-state.ts states',
  'lib/data/database/driver/statement-name.ts names',
  'lib/data/database/secrets.ts known',
  'lib/fhir/definition/members-of-type.ts known',
  'lib/fhir/definition/members-of-type.ts none',
  'lib/fhir/definition/search-parameter.ts known',
  'lib/fhir/index/composite.ts compiled',
  'lib/fhir/index/values.ts compiled',
];

/** A constant of a module that begins empty, so that something is put into it later. */
const state = /^(?:export )?const (\w+)(?:: [^=]+)? = (?:new \w+(?:<.*>)?\(\)|\[\]|\{\});$/gm;

it('is how modules keep what changes, apart from what each copy may have for itself', () => {
  const sources = globSync('{lib,app}/**/*.{ts,tsx}').filter(
    (path) => !/\.test\.|\/(tests|generated)\/|samples/.test(path),
  );
  const found = sources.flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(state)].map(([, name]) => `${path} ${name}`),
  );
  expect(found.toSorted()).toEqual(ofEachCopy);
});
