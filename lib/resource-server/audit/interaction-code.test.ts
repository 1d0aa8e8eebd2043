import { expect, it } from 'vitest';
import { restfulInteraction } from '#lib/fhir/audit/own-event.ts';
import { r4Codes } from '#lib/fhir/tests/r4-codes.ts';
import { validate } from '../operation/validate.ts';
import type { Interaction } from '../request/interaction.ts';
import { interactionCode } from './interaction-code.ts';

const named = { resourceType: 'Patient', id: '1' };

/** An example of each kind: the compiler demands one for every new kind. */
const one: Record<Interaction['kind'], Interaction> = {
  metadata: { kind: 'metadata' },
  'smart-configuration': { kind: 'smart-configuration' },
  read: { kind: 'read', ...named },
  vread: { kind: 'vread', ...named, versionId: '1' },
  create: { kind: 'create', ...named },
  update: { kind: 'update', ...named },
  'conditional-update': { kind: 'conditional-update', ...named },
  patch: { kind: 'patch', ...named },
  'conditional-patch': { kind: 'conditional-patch', ...named },
  delete: { kind: 'delete', ...named },
  'conditional-delete': { kind: 'conditional-delete', ...named },
  search: { kind: 'search', ...named, inBody: false },
  'search-system': { kind: 'search-system', inBody: false },
  'search-compartment': { kind: 'search-compartment', ...named, inBody: false },
  'history-instance': { kind: 'history-instance', ...named },
  'history-type': { kind: 'history-type', ...named },
  'history-system': { kind: 'history-system' },
  operation: { kind: 'operation', operation: validate, ...named },
  bundle: { kind: 'bundle' },
  unsupported: { kind: 'unsupported', allow: [] },
};

const defined = r4Codes();

it.each(Object.values(one))('the code of $kind is defined in R4', (interaction) => {
  const codes = ([undefined, 'batch', 'transaction'] as const).map((bundle) =>
    interactionCode(interaction, { bundle }),
  );
  expect(codes.filter((code) => !defined.has(`${restfulInteraction}|${code}`))).toEqual([]);
});

it.each(['validate', 'metadata', 'smart-configuration', 'search-compartment'])('%s is no such code', (name) => {
  expect(defined.has(`${restfulInteraction}|${name}`)).toBe(false);
});
