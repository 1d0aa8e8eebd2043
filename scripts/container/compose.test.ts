import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseEnv } from '#lib/env.ts';

interface Service {
  environment: Record<string, string>;
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
  volumes?: string[];
  [more: string]: unknown;
}

const text = readFileSync('compose.yaml', 'utf8');
const { services, volumes } = parse(text) as { services: Record<'server' | 'database', Service>; volumes: object };
const { server, database } = services;

/** The environment as Compose makes it from variables; what is required and missing is an error. */
function filled(environment: Record<string, string>, given: Record<string, string>): Record<string, string> {
  const fill = (value: string) =>
    value.replaceAll(/\$\{(\w+)(:\?|:-)([^}]*)\}/g, (_, name, kind, rest) => {
      if (given[name]) return given[name];
      if (kind === ':?') throw new Error(`${name}: ${rest}`);
      return rest;
    });
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, fill(value)]));
}

it('waits for a database that is healthy, and keeps its data in a volume', () => {
  expect(server.depends_on).toEqual({ database: { condition: 'service_healthy' } });
  expect(database.healthcheck?.test.join(' ')).toContain('pg_isready');
  expect(database.volumes?.map((one) => one.split(':')[0])).toEqual(Object.keys(volumes));
});

it('takes secrets from the environment, and refuses to begin without', () => {
  for (const { environment } of [server, database]) expect(() => filled(environment, {})).toThrow();
  const given = { POSTGRES_PASSWORD: 'aBc123', PUBLIC_URL: 'https://ehr.example' };
  const env = parseEnv(filled(server.environment, given));
  expect(env).toMatchObject({ origin: 'https://ehr.example', trustedProxies: [], exposed: true });
  const { username, password, hostname, pathname } = new URL(env.databaseUrl ?? '');
  const own = filled(database.environment, given);
  expect([username, password, pathname]).toEqual([own.POSTGRES_USER, own.POSTGRES_PASSWORD, `/${own.POSTGRES_DB}`]);
  expect(hostname).toBe('database');
});

it('runs read-only, without privileges, and is reached from this machine alone', () => {
  expect(server).toMatchObject({ read_only: true, init: true, cap_drop: ['ALL'], ports: ['127.0.0.1:3000:3000'] });
});
