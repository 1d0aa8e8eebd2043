/**
 * A separate process, run by `interrupted.db.test.ts`, that brings the database named by its environment up to date with
 * the migrations of the folder in its first argument. It is killed before it sends the statement that contains the text
 * of its second argument; it prints what it tells, and the names of the migrations that it applied.
 */
import { connection, disconnect } from '../../database.ts';
import type { Session } from '../../driver/driver.ts';
import { applyMigrations } from '../apply.ts';

const [folder = '', killedBefore = 'never'] = process.argv.slice(2);
const { ownTransaction } = connection();

function watched(session: Session): Session {
  const watch = (...sent: unknown[]) => {
    if (sent.join(' ').includes(killedBefore)) process.kill(process.pid, 'SIGKILL');
  };
  return {
    run: async (script) => {
      watch(script);
      await session.run(script);
    },
    ask: async (text, values = []) => {
      watch(...values, text);
      const rows = await session.ask<never>(text, values);
      watch('after', ...values.slice(2), text);
      return rows;
    },
  };
}

const applied = await applyMigrations(
  { ownTransaction: (work) => ownTransaction((session) => work(watched(session))) },
  { folder, tell: console.log },
);
console.log(`applied ${applied.join(', ')}`);
await disconnect();
