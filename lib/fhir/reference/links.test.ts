import type { Resource } from 'fhir/r4';
import { expect, it } from 'vitest';
import { relinked } from './links.ts';

const urn = 'urn:uuid:1';
const relink = (resource: object) =>
  relinked(resource as Resource, (link, isReference) => (link === urn ? `X/${isReference}` : link));

it.each([
  ['a reference', { resourceType: 'Observation', subject: { reference: urn } }, { subject: { reference: 'X/true' } }],
  [
    'a reference in an extension',
    { resourceType: 'Patient', extension: [{ url: 'http://x', valueReference: { reference: urn } }] },
    { extension: [{ url: 'http://x', valueReference: { reference: 'X/true' } }] },
  ],
  [
    'a uri in an extension, and in one of a primitive',
    {
      resourceType: 'Patient',
      extension: [{ url: 'http://x', valueUri: urn }],
      _birthDate: { extension: [{ url: 'http://x', valueUrl: urn }] },
    },
    {
      extension: [{ url: 'http://x', valueUri: 'X/false' }],
      _birthDate: { extension: [{ url: 'http://x', valueUrl: 'X/false' }] },
    },
  ],
  [
    'the url of an attachment',
    { resourceType: 'DocumentReference', content: [{ attachment: { url: urn } }] },
    { content: [{ attachment: { url: 'X/false' } }] },
  ],
  [
    'addresses in a narrative',
    {
      resourceType: 'Patient',
      text: { status: 'generated', div: `<div><a href="${urn}">${urn}</a><img src='${urn}'/></div>` },
    },
    { text: { status: 'generated', div: `<div><a href="X/false">${urn}</a><img src='X/false'/></div>` } },
  ],
  [
    'a contained resource',
    { resourceType: 'Observation', contained: [{ resourceType: 'Observation', subject: { reference: urn } }] },
    { contained: [{ resourceType: 'Observation', subject: { reference: 'X/true' } }] },
  ],
  [
    'nested items',
    {
      resourceType: 'QuestionnaireResponse',
      item: [{ linkId: '1', item: [{ linkId: '2', answer: [{ valueReference: { reference: urn } }] }] }],
    },
    { item: [{ linkId: '1', item: [{ linkId: '2', answer: [{ valueReference: { reference: 'X/true' } }] }] }] },
  ],
  ['no canonical', { resourceType: 'QuestionnaireResponse', questionnaire: urn }, {}],
  ['no string', { resourceType: 'Patient', identifier: [{ system: 'urn:ietf:rfc:3986', value: urn }] }, {}],
])('%s', (_, resource, change) => {
  expect(relink(resource)).toEqual({ ...resource, ...change });
});
