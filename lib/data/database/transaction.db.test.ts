import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { outsideTransaction } from './ambient.ts';
import { connection, database } from './database.ts';
import { execute, lookUp, query, sql } from './sql.ts';
import { inTransaction } from './transaction.ts';

const postgres = inject('database').kind === 'postgres';

beforeAll(() => execute(sql`CREATE TABLE note (id text PRIMARY KEY, value int)`));
beforeEach(() => execute(sql`DELETE FROM note`));
afterAll(() => execute(sql`DROP TABLE note`));

const add = (id: string) => execute(sql`INSERT INTO note VALUES (${id}, 0)`);
const change = (id: string) => execute(sql`UPDATE note SET value = value + 1 WHERE id = ${id}`);

async function stored(): Promise<string[]> {
  const rows = await query<{ id: string }>(sql`SELECT id FROM note ORDER BY id`);
  return rows.map(({ id }) => id);
}

const thrown = new Error('second thoughts');

const undone = (work: () => Promise<unknown>) =>
  expect(
    inTransaction(async () => {
      await work();
      throw thrown;
    }),
  ).rejects.toBe(thrown);

describe('every statement inside a transaction belongs to it, without being handed anything', () => {
  it.each<[what: string, count: () => Promise<number>]>([
    ['query', async () => (await stored()).length],
    ['lookUp', async () => (await lookUp(sql`SELECT id FROM note`)).length],
    ['execute', () => change('a')],
    ['a raw query of the client', async () => (await database().$queryRaw<object[]>`SELECT id FROM note`).length],
    ['a raw statement of the client', () => database().$executeRaw`UPDATE note SET value = 1`],
  ])('%s sees what the transaction wrote', async (_, count) => {
    await undone(async () => {
      await add('a');
      expect(await count()).toBe(1);
    });
    expect(await stored()).toEqual([]);
  });

  it('Prisma’s models too', async () => {
    await undone(async () => {
      await database().secret.create({ data: { name: 'n', value: 'v' } });
      expect(await query(sql`SELECT value FROM secret WHERE name = 'n'`)).toEqual([{ value: 'v' }]);
    });
    expect(await database().secret.count({ where: { name: 'n' } })).toBe(0);
  });

  it('returns the result of the work, and keeps its writes', async () => {
    expect(await inTransaction(() => add('a'))).toBe(1);
    expect(await stored()).toEqual(['a']);
  });

  it('two at the same time do not see each other', async () => {
    const both = ['a', 'b'].map((id) => inTransaction(async () => [await add(id), await stored()]));
    for (const [at, [, seen]] of (await Promise.all(both)).entries()) expect(seen).toContain(['a', 'b'][at]);
    expect(await stored()).toEqual(['a', 'b']);
  });
});

describe('a transaction inside another one', () => {
  it('is part of it: it sees what was written, and is undone with it', async () => {
    await undone(async () => {
      await add('a');
      await inTransaction(async () => {
        expect(await stored()).toEqual(['a']);
        await add('b');
      });
      expect(await stored()).toEqual(['a', 'b']);
    });
    expect(await stored()).toEqual([]);
  });

  it('undoes everything when it throws', async () => {
    const work = inTransaction(async () => {
      await add('a');
      await inTransaction(async () => {
        await add('b');
        throw thrown;
      });
    });
    await expect(work).rejects.toBe(thrown);
    expect(await stored()).toEqual([]);
  });
});

describe('a transaction that the database ends because of another one', () => {
  const conflict = () => Object.assign(new Error('write conflict or a deadlock'), { code: 'P2034' });

  it('is run again, with nothing left of the first run', async () => {
    let attempts = 0;
    const answer = await inTransaction(async () => {
      attempts += 1;
      await add(`attempt ${attempts}`);
      if (attempts === 1) throw conflict();
      return stored();
    });
    expect(answer).toEqual(['attempt 2']);
    expect(await stored()).toEqual(['attempt 2']);
  });

  it.each<[what: string, options: { repeatable?: boolean } | undefined, times: number]>([
    ['four times at most', undefined, 4],
    ['once when it cannot be repeated', { repeatable: false }, 1],
  ])('is done %s, and then refused', async (_, options, times) => {
    let attempts = 0;
    const work = async () => {
      attempts += 1;
      await add('a');
      throw conflict();
    };
    await expect(inTransaction(work, options)).rejects.toMatchObject({
      name: 'FhirError',
      status: 503,
      issueCode: 'transient',
      headers: { 'Retry-After': '5' },
      cause: { code: 'P2034' },
    });
    expect(attempts).toBe(times);
    expect(await stored()).toEqual([]);
  });

  it('is not run again for any other error', async () => {
    let attempts = 0;
    await undone(async () => {
      attempts += 1;
    });
    expect(attempts).toBe(1);
  });

  it('is run again only by the outermost one', async () => {
    let [outer, inner] = [0, 0];
    await inTransaction(async () => {
      outer += 1;
      await inTransaction(async () => {
        inner += 1;
        if (inner === 1) throw conflict();
      });
    });
    expect([outer, inner]).toEqual([2, 2]);
  });

  // The embedded database runs one transaction after the other, so it has no deadlocks.
  it.runIf(postgres).each<[what: string, write: (id: string) => Promise<unknown>]>([
    ['of raw statements', change],
    ['of models', (name) => database().secret.update({ where: { name }, data: { value: 'changed' } })],
  ])('is a deadlock of two, %s', async (_, write) => {
    for (const id of ['a', 'b']) {
      await add(id);
      await database().secret.upsert({ where: { name: id }, create: { name: id, value: '' }, update: { value: '' } });
    }
    const attempts = [0, 0];
    let written = 0;
    const meet = Promise.withResolvers<void>();
    const both = [
      ['a', 'b'],
      ['b', 'a'],
    ].map(([first = '', second = ''], at) =>
      inTransaction(async () => {
        attempts[at] = (attempts[at] ?? 0) + 1;
        await write(first);
        written += 1;
        if (written === 2) meet.resolve();
        await meet.promise;
        await write(second);
      }),
    );
    await Promise.all(both);
    expect(attempts.toSorted()).toEqual([1, 2]);
  });
});

describe('work that outlives the transaction it was begun in', () => {
  /** Begins work in the transaction that runs `ask` once `release` is called, which may be after its end. */
  function later<T>(ask: () => Promise<T>) {
    const gate = Promise.withResolvers<void>();
    return { release: gate.resolve, answer: gate.promise.then(ask) };
  }

  it('runs outside of any transaction afterwards', async () => {
    const { release, answer } = await inTransaction(async () => {
      await add('a');
      return later(() => add('b'));
    });
    release();
    expect(await answer).toBe(1);
    expect(await stored()).toEqual(['a', 'b']);
  });

  it('begins a transaction of its own afterwards', async () => {
    const { release, answer } = await inTransaction(async () => later(() => inTransaction(() => add('b'))));
    release();
    expect(await answer).toBe(1);
    expect(await stored()).toEqual(['b']);
  });

  it('writes nothing when the transaction was rolled back', async () => {
    const left: { release: () => void; answer: Promise<number> }[] = [];
    await undone(async () => left.push(later(() => add('b'))));
    left[0]?.release();
    await expect(left[0]?.answer).rejects.toThrow('was undone');
    expect(await stored()).toEqual([]);
  });

  it('never belongs to it when begun by outsideTransaction', async () => {
    let kept: Promise<number> | undefined;
    await undone(async () => {
      await add('a');
      kept = outsideTransaction(() => add('b'));
      // The embedded database runs it only when the transaction has ended.
      if (postgres) await kept;
    });
    expect(await kept).toBe(1);
    expect(await stored()).toEqual(['b']);
  });
});

it('leaves the connections of the process free', async () => {
  await undone(() => add('a'));
  expect(await connection().prisma.$queryRaw`SELECT 1 AS one`).toEqual([{ one: 1 }]);
});
