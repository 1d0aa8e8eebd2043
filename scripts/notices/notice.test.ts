import { globSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Lockfile } from '#scripts/install/lockfile.mjs';
import { noticeText } from './notice.ts';
import { terminologies } from './terminologies.ts';
import { thirdParties } from './third-party.ts';

const lock: Lockfile = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const notice = readFileSync('NOTICE', 'utf8');

it('is up to date: npm run notices writes it', () => expect(notice).toBe(noticeText(lock)));

it('the licence is the one that package.json names', () => {
  expect(readFileSync('LICENSE', 'utf8')).toMatch(/^MIT License\n/);
  expect(JSON.parse(readFileSync('package.json', 'utf8')).license).toBe('MIT');
});

describe('a terminology', () => {
  const owned =
    /https?:\/\/(loinc\.org|snomed\.info\/sct|www\.nlm\.nih\.gov\/[\w/]+|nucc\.org\/[\w-]+|unitsofmeasure\.org|hl7\.org\/fhir\/sid\/(?:cvx|icd-\w+)|www\.whocc\.no\/atc|www\.ama-assn\.org\/go\/cpt)/g;
  const files = globSync('{prisma/seed,app,components,lib,public}/**/*.{ts,tsx,json}').filter(
    (file) => !/\.test\./.test(file) && statSync(file).isFile(),
  );
  const used = new Set(
    files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(owned)].map(([address]) => address)),
  );

  it('is found in the sources', () => expect(used.size).toBeGreaterThan(4));

  it.each([...used])('%s has the notice that its owner asks for', (address) => {
    const known = terminologies.find(({ system }) => address.replace(/^https/, 'http').startsWith(system));
    expect(known?.name).toBeDefined();
    expect(notice).toContain(known?.notice);
  });
});

describe('the list of packages', () => {
  const all = thirdParties(lock);
  const names = all.map(({ name }) => name);

  it('has what is served and what the build takes into pages, with what these need', () => {
    expect(names).toEqual(
      expect.arrayContaining(['next', 'oidc-provider', 'koa', 'react', 'lucide-react', '@base-ui/react']),
    );
  });

  it('has nothing that only tests and checks use', () => {
    for (const name of ['vitest', 'knip', '@biomejs/biome', 'playwright']) expect(names).not.toContain(name);
  });

  it.each(all.map(({ name, license }) => [name, license]))('%s may be passed on: %s', (_, license) => {
    expect(license).toMatch(/MIT|ISC|Apache-2\.0|BSD|0BSD|Unlicense|OFL|CC0|CC-BY-4\.0|BlueOak|PostgreSQL/);
  });
});
