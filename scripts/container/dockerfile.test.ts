import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseEnv } from '#lib/env.ts';
import { execForm, ignoring, parseDockerfile, variablesOf } from './dockerfile.ts';

const stages = parseDockerfile(readFileSync('Dockerfile', 'utf8'));
const last = stages.at(-1);
const argumentsOf = (name: string) =>
  (last?.instructions ?? []).filter((one) => one.name === name).map((one) => one.argument);
const ignored = ignoring(readFileSync('.dockerignore', 'utf8'));

describe('parsing', () => {
  it('reads stages, comments and lines that go on', () => {
    expect(parseDockerfile('# a\nFROM a:1 AS b\n\nRUN x \\\n  y\n# c\nFROM d:2\nUSER 1\n')).toEqual([
      { from: 'a:1', name: 'b', instructions: [{ name: 'RUN', argument: 'x y' }] },
      { from: 'd:2', name: undefined, instructions: [{ name: 'USER', argument: '1' }] },
    ]);
  });

  it.each(['RUN x', 'FROM a\nnonsense', 'FROM a\nRUN'])('refuses %j', (text) => {
    expect(() => parseDockerfile(text)).toThrow();
  });

  it('refuses a command that needs a shell', () => expect(() => execForm('node x')).toThrow('shell'));
});

describe('the Dockerfile', () => {
  it('builds in one stage and serves in another, from the same image with its version and no host', () => {
    expect(stages.map(({ from }) => from)).toEqual(['node:24-bookworm-slim', 'node:24-bookworm-slim']);
  });

  it('runs as nobody who may change the server', () => {
    expect(argumentsOf('USER')).toEqual(['1000:1000']);
    const after = last?.instructions.findIndex(({ name }) => name === 'USER') ?? 0;
    expect(last?.instructions.slice(after).map(({ name }) => name)).not.toContain('RUN');
  });

  it('begins and is asked how it is without a shell, by files that are there', () => {
    for (const name of ['CMD', 'HEALTHCHECK']) {
      const [program, ...words] = execForm(argumentsOf(name)[0] ?? '');
      expect(program).toBe('node');
      const script = words.find((word) => !word.startsWith('--')) ?? '';
      expect([script, existsSync(script), ignored(script)]).toEqual([script, true, false]);
    }
  });

  it('neither installs nor builds when it begins', () => expect(argumentsOf('CMD')[0]).toContain('--built'));

  it('sets variables that the server reads, and keeps the data in its volume', () => {
    const variables = Object.assign({}, ...argumentsOf('ENV').map(variablesOf));
    expect(parseEnv(variables)).toMatchObject({ port: 3000, host: '0.0.0.0', production: true });
    expect(argumentsOf('VOLUME')).toEqual(['/data']);
    expect(variables.DATA_DIR).toMatch(/^\/data\//);
    expect(argumentsOf('EXPOSE')).toEqual([variables.PORT]);
  });
});

describe('.dockerignore', () => {
  it.each([
    '.git/HEAD',
    '.data/lock',
    'node_modules/next/a.js',
    '.next/BUILD_ID',
    '.env.log',
    'lib/env.test.ts',
    'e2e/x.ts',
  ])('keeps %s out', (path) => expect(ignored(path)).toBe(true));

  it.each(['lib/env.ts', 'package.json', 'prisma/seed/demo.json', 'prisma/schema.prisma', 'app/page.tsx', 'NOTICE'])(
    'lets %s in',
    (path) => expect(ignored(path)).toBe(false),
  );
});
