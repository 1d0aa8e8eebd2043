import { expect, it } from 'vitest';
import { database } from '../database/database.ts';
import { deleteSandbox } from './deleted-sandboxes.ts';
import { findUnreachableSandboxes } from './unreachable-sandboxes.ts';

it('finds sandboxes whose slug the router answers itself, and no others', async () => {
  const make = (slug: string) => database().sandbox.create({ data: { slug, name: slug } });
  const [, , deleted] = [await make('404'), await make('reachable'), await make('deleted')];
  await deleteSandbox(deleted.id, 'nobody');
  expect(await findUnreachableSandboxes()).toEqual(['404']);
});
