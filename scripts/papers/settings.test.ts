import { expect, it } from 'vitest';
import { settingsListed, settingsNamed, settingsRead } from '#scripts/papers/settings.ts';

it('are read where a schema or the process names them, not where they are set', () => {
  const schema = 'z.object({\n  PORT: z.coerce.number(),\n  DATA_DIR: z\n    .string(),\n  other: z.string(),\n});';
  const source = 'if (process.env.DEBUG === "1") process.env.NEXTAUTH_URL = origin;';
  expect([...settingsRead([schema, source])]).toEqual(['PORT', 'DATA_DIR', 'DEBUG']);
});

it('are listed in the first column of a table', () => {
  const text = '| variable | |\n| --- | --- |\n| `PORT` | `3000` |\n| other | `DATA_DIR` |\n\n`DEBUG`';
  expect([...settingsListed({ file: 'a.md', text })]).toEqual(['PORT']);
});

it.each([
  ['`DATA_DIR`', ['DATA_DIR']],
  ['`PORT=3001 npm start`', ['PORT']],
  ['```sh\nDATABASE_URL=postgresql://a npm start\n```', ['DATABASE_URL']],
  ['`GET`, DATA_DIR in prose, `max_wal_size=4GB`, `?a=B_C=d`', []],
])('are named in %s', (text, names) => expect([...settingsNamed({ file: 'a.md', text })]).toEqual(names));
