import { expect, it } from 'vitest';
import { fieldNames } from '#lib/smart/client/registration-fields.ts';
import { fieldsWithoutRow } from '#scripts/papers/field-rows.ts';

const lacking = (text: string) => fieldsWithoutRow({ file: 'a.md', text });

it.each([
  ['Launch URI (`launchUri`)', 'launchUri'],
  ['Name (`name`), Logo (`logoUri`)', 'logoUri'],
  ['Access token lifetime (`accessTokenLifetime`)', 'accessTokenLifetime'],
])('%s is the row of %s', (beginning, name) => {
  expect(lacking(`| ${beginning} | what it does |`)).not.toContain(name);
});

it.each([
  '| Launch address (`launchUri`) | x |',
  '| Launch URI | `launchUri` |',
  '| x | Launch URI (`launchUri`) |',
  'Launch URI (`launchUri`)',
])('%s is no row of launchUri', (text) => expect(lacking(text)).toContain('launchUri'));

it('every field needs a row', () => expect(lacking('')).toEqual(fieldNames));
