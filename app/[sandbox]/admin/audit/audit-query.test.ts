import { expect, it } from 'vitest';
import { listAddress } from '../../_list/search-parameters.ts';
import { problemOf, readAuditQuery, searchOf } from './audit-query.ts';

it.each([
  [{}, []],
  [{ patient: 'p1' }, [['patient', 'Patient/p1']]],
  [{ patient: ' Patient/p1 ' }, [['patient', 'Patient/p1']]],
  [{ user: 'a,b|c' }, [['altid', 'a\\,b\\|c']]],
  [
    { app: 'ehr', user: 'chen' },
    [
      ['altid', 'chen'],
      ['altid', 'ehr'],
    ],
  ],
  [
    { action: 'R', outcome: '4' },
    [
      ['action', 'R'],
      ['outcome', '4'],
    ],
  ],
  [
    { from: '2026-01-01', to: '2026-01-02' },
    [
      ['date', 'ge2026-01-01'],
      ['date', 'le2026-01-02'],
    ],
  ],
  [
    { event: 'sign-in', address: '2001:db8::1' },
    [
      ['subtype', 'sign-in'],
      ['address:exact', '2001:db8::1'],
    ],
  ],
  [{ patient: ['p1', 'p2'], other: 'x' }, []],
])('%j asks for %j', (sent, pairs) => expect(searchOf(readAuditQuery(sent))).toEqual(pairs));

it.each([
  ['2026-01-31', undefined],
  ['', undefined],
  ['x', 'From and To are days such as 2026-01-31.'],
  ['2026', 'From and To are days such as 2026-01-31.'],
])('a day like %s', (to, problem) => expect(problemOf(readAuditQuery({ to }))).toBe(problem));

it('keeps the filter from page to page', () => {
  expect(listAddress('/a', { ...readAuditQuery({ user: 'x y' }), cursor: 'c' })).toBe('/a?user=x+y&cursor=c');
  expect(listAddress('/a', readAuditQuery({}))).toBe('/a');
});
