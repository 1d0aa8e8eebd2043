import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import { expect, it } from 'vitest';
import { limitingTransactions } from './limits.ts';

it.each(['is alive', 'is broken'])(
  'gives back no open transaction when its limits fail on a connection that %s',
  async (state) => {
    const sent: string[] = [];
    const failure = new Error('no limits');
    const transaction = {
      executeRaw: async ({ sql }: { sql: string }) => {
        sent.push(sql.split(' ')[0] ?? '');
        if (sql.startsWith('SET') || state === 'is broken') throw failure;
        return 0;
      },
      rollback: async () => void sent.push('given back'),
    };
    const adapter = { startTransaction: async () => transaction } as unknown as SqlDriverAdapter;
    await expect(limitingTransactions(adapter).startTransaction()).rejects.toBe(failure);
    expect(sent).toEqual(['SET', 'ROLLBACK', 'given back']);
  },
);
