import { expect, it } from 'vitest';
import { readNewMember } from './member-form.ts';

const jane = { account: 'new', username: 'jane', name: 'Jane Roe', role: 'clinician' };

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

it('says whom to add, and as what', () => {
  expect(readNewMember(formOf(jane))).toEqual({
    account: { account: 'new', username: 'jane', name: 'Jane Roe' },
    standing: { role: 'clinician', proxyFor: [] },
  });
});

it.each([
  [{ ...jane, name: ' ' }, ['name']],
  [{ ...jane, role: 'owner' }, ['role']],
  [{ ...jane, name: ' ', role: 'patient' }, ['name', 'patient']],
  [{ ...jane, account: 'existing', username: 'Jane Roe', role: 'owner' }, ['username', 'role']],
  [{}, ['account', 'role']],
])('%j is wrong in %j', (fields, names) => {
  const read = readNewMember(formOf(fields as unknown as Record<string, string>));
  expect('errors' in read && Object.keys(read.errors)).toEqual(names);
});
