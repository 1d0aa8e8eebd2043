import { describe, expect, it } from 'vitest';
import { parseExactly } from '../json/exact-json.ts';
import { memberIssues } from './member-issues.ts';
import { validateResource } from './validation.ts';

const url = 'http://example.org/x';
const two = { url, valueString: 'a', valueCode: 'b' };
const observation = { resourceType: 'Observation', status: 'final', code: { text: 'x' } };

describe('an element with values of two types', () => {
  it.each<[string, object]>([
    ['Patient.deceased[x]', { resourceType: 'Patient', deceasedBoolean: true, deceasedDateTime: '2020' }],
    ['Patient.multipleBirth[x]', { resourceType: 'Patient', multipleBirthInteger: 2, multipleBirthBoolean: true }],
    [
      'Observation.component[0].value[x]',
      { ...observation, component: [{ code: { text: 'y' }, valueInteger: 1, valueString: 'a' }] },
    ],
    ['Patient.extension[0].value[x]', { resourceType: 'Patient', extension: [two] }],
    [
      'Patient.extension[1].extension[0].value[x]',
      {
        resourceType: 'Patient',
        extension: [
          { url, valueCode: 'a' },
          { url, extension: [two] },
        ],
      },
    ],
    ['Patient._birthDate.extension[0].value[x]', { resourceType: 'Patient', _birthDate: { extension: [two] } }],
    [
      'Patient.name[0]._given[1].extension[0].value[x]',
      { resourceType: 'Patient', name: [{ given: ['a', null], _given: [null, { extension: [two] }] }] },
    ],
    [
      'Patient.extension[0].value[x]',
      { resourceType: 'Patient', extension: [{ url, valueString: 'a', _valueCode: { id: 'x' } }] },
    ],
    ['Patient.extension[0].value[x]', { resourceType: 'Patient', extension: [{ ...two, resourceType: 'Basic' }] }],
    [
      'Patient.contained[0].value[x]',
      { resourceType: 'Patient', contained: [{ ...observation, valueString: 'a', valueBoolean: true }] },
    ],
    [
      'Bundle.entry[0].resource.value[x]',
      {
        resourceType: 'Bundle',
        type: 'collection',
        entry: [{ resource: { ...observation, valueString: 'a', valueBoolean: true } }],
      },
    ],
    [
      'Parameters.parameter[0].part[0].value[x]',
      {
        resourceType: 'Parameters',
        parameter: [{ name: 'a', part: [{ name: 'b', valueString: 'a', valueBoolean: true }] }],
      },
    ],
    [
      'Questionnaire.item[0].item[0].answerOption[0].value[x]',
      {
        resourceType: 'Questionnaire',
        status: 'draft',
        item: [
          {
            linkId: '1',
            type: 'group',
            item: [{ linkId: '2', type: 'choice', answerOption: [{ valueString: 'a', valueInteger: 1 }] }],
          },
        ],
      },
    ],
  ])('is wrong at %s', (expression, resource) => {
    const errors = validateResource(resource).filter(({ severity }) => severity === 'error');
    expect(errors).toContainEqual(
      expect.objectContaining({ expression, diagnostics: expect.stringMatching(/^One value of one type/) }),
    );
  });

  it.each<[string, object]>([
    [
      'a primitive with what stands beside it',
      { resourceType: 'Patient', extension: [{ url, valueString: 'a', _valueString: { id: 'x' } }] },
    ],
    [
      'what stands beside a primitive alone',
      { resourceType: 'Patient', _deceasedBoolean: { extension: [{ url, valueCode: 'unknown' }] } },
    ],
    ['two choices', { resourceType: 'Patient', deceasedBoolean: false, multipleBirthInteger: 2 }],
  ])('is not %s', (_, resource) => {
    expect(validateResource(resource)).toEqual([]);
  });
});

describe('an integer written with a decimal point', () => {
  it.each([
    ['2.0', 'integer'],
    ['2e0', 'integer'],
    ['-0', 'integer'],
  ])('is wrong: %s', (text, type) => {
    const resource = parseExactly(`{"resourceType":"Patient","multipleBirthInteger":${text}}`) as object;
    expect(memberIssues(resource, 'Patient')).toEqual([
      {
        severity: 'error',
        expression: 'Patient.multipleBirthInteger',
        diagnostics: `${text} is written as a decimal, and this is of the type ${type}`,
      },
    ]);
  });

  it('is wrong in a list', () => {
    const resource = parseExactly('{"item":[{"careTeamSequence":[1,2.0]}]}') as object;
    expect(memberIssues(resource, 'Claim')).toMatchObject([{ expression: 'Claim.item[0].careTeamSequence[1]' }]);
  });

  it('is none where a decimal is expected', () => {
    const text = '{"resourceType":"ChargeItem","factorOverride":1.0,"quantity":{"value":1.10}}';
    expect(memberIssues(parseExactly(text) as object, 'ChargeItem')).toEqual([]);
  });
});
