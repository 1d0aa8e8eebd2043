import { expect, it } from 'vitest';
import { databaseTrouble, listenTrouble } from './start-trouble.ts';

const coded = (code: string) => Object.assign(new Error(`raw ${code}`), { code });
const messageOf = (error: unknown) => (error as Error).message;

const databaseUrl = 'postgresql://ehr:hunter%2Ftwo@db.example:6432/training';
it.each([
  ['ECONNREFUSED', 'no PostgreSQL server listens at db.example:6432'],
  ['ENOTFOUND', 'no host db.example'],
  ['EAI_AGAIN', 'db.example cannot be looked up'],
  ['ETIMEDOUT', 'db.example:6432 does not answer'],
  ['ECONNRESET', 'seems to be no PostgreSQL'],
  ['28P01', 'refuses the user ehr with this password'],
  ['28000', 'does not let the user ehr in'],
  ['3D000', 'CREATE DATABASE "training"'],
  ['42501', 'ALTER DATABASE "training" OWNER TO "ehr"'],
])('says what to do when the database server answers with %s', (code, says) => {
  const said = messageOf(databaseTrouble(coded(code), { databaseUrl, dataDir: '/data' }));
  expect(said).toMatch(/^DATABASE_URL: /);
  expect(said).toContain(says);
  expect(said).not.toMatch(/hunter|two\b/);
});

it.each([
  ['Connection terminated unexpectedly', 'db.example:6432 does not answer as PostgreSQL does'],
  ['timeout expired', 'does not answer as PostgreSQL does'],
  ['The server does not support SSL connections', 'offers no TLS, which sslmode asks for'],
])('says what to do when the driver says %j', (message, says) => {
  for (const error of [new Error(message), new Error('Busy', { cause: new Error(message) })])
    expect(messageOf(databaseTrouble(error, { databaseUrl, dataDir: '/data' }))).toContain(says);
});

it('names the setting that leads to the server', () => {
  const place = { databaseUrl, setting: 'DATABASE_DIRECT_URL' as const, dataDir: '/data' };
  expect(messageOf(databaseTrouble(coded('ECONNREFUSED'), place))).toMatch(/^DATABASE_DIRECT_URL: /);
});

it.each([
  ['EACCES', 'may not write in /data'],
  ['EPERM', 'may not write in /data'],
  ['EROFS', 'read only'],
  ['ENOSPC', 'is full'],
  ['EEXIST', '/data is a file'],
  ['ENOTDIR', '/data lies in a file'],
  ['ENOENT', 'cannot be made'],
])('says what to do when the folder fails with %s', (code, says) => {
  const said = messageOf(databaseTrouble(coded(code), { dataDir: '/data' }));
  expect(said).toMatch(/^DATA_DIR: /);
  expect(said).toContain(says);
});

it.each([
  ['EADDRINUSE', 'PORT=81 npm start'],
  ['EACCES', 'may not listen at port 80'],
  ['ENOTFOUND', 'no host ehr.example'],
  ['EAI_AGAIN', 'cannot be looked up'],
  ['EINVAL', 'needs the interface behind it'],
])('says what to do when listening fails with %s', (code, says) => {
  expect(listenTrouble(coded(code), { port: 80, host: 'ehr.example' }).message).toContain(says);
});

it('leaves every other error as it is', () => {
  const other = new Error('The data folder is in use by process 7.');
  expect(databaseTrouble(other, { dataDir: '/data' })).toBe(other);
  expect(databaseTrouble(undefined, { dataDir: '/data' })).toBeUndefined();
  expect(listenTrouble(coded('EIO'), { port: 80, host: '::' })).toMatchObject({ message: 'raw EIO', code: 'EIO' });
});
