import { expect, it } from 'vitest';
import { memberOf } from './client-members.ts';
import { clientDescription } from './description.ts';
import { fieldNames } from './registration-fields.ts';

it('keeps each member of RFC 7591 in one place: in a field, or in the description', () => {
  const members = new Set(fieldNames.map(memberOf));
  const described = Object.keys(clientDescription({ origin: 'https://ehr.example' }).shape);
  // The field `type` is derived from it, and the description keeps which of two ways a client with a secret chose.
  expect(described.filter((member) => members.has(member))).toEqual(['token_endpoint_auth_method']);
});
