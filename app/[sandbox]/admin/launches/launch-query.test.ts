import { describe, expect, it } from 'vitest';
import { narrowing } from '../../_list/search-parameters.ts';
import { filterOf, readLaunchQuery } from './launch-query.ts';

const nothing = { user: '', app: '', patient: '', origin: '', status: '' };

describe('the address of the list of launches', () => {
  it.each([
    [{}, nothing],
    [
      { app: 'growth_chart', status: 'used' },
      { ...nothing, app: 'growth_chart', status: 'used' },
    ],
    [{ status: 'stolen', origin: 'mars', app: ['a', 'b'] }, nothing],
    [{ patient: ' BILIBABY ' }, { ...nothing, patient: 'BILIBABY' }],
    [{ app: 'x'.repeat(201) }, nothing],
  ])('%j is read as %j', (sent, expected) => expect(readLaunchQuery(sent)).toEqual(expected));

  it('narrows by what is chosen only', () => {
    const query = readLaunchQuery({ user: 'u\0', origin: 'api' });
    expect(filterOf(query)).toEqual({ userId: 'u', origin: 'api' });
    expect(narrowing(query)).toEqual({ user: 'u\0', origin: 'api' });
  });
});
