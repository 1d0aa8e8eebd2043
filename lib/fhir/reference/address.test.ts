import { expect, it } from 'vitest';
import { parseAddress } from './address.ts';

const base = 'https://ehr.example/demo/fhir';
const observation = { resourceType: 'Observation', id: 'x' };

it.each([
  'Observation/x',
  'Observation/x/_history/1',
  'Observation/x|1',
  'Observation/x/_history/2|1.0',
  'Observation/x?_format=json',
  'Observation/x#part',
  'Observation/x/',
  'Observation/x//',
  'Observation/x/?a=b#c|1',
  '/Observation/x',
  './Observation/x',
  'Observation/y/../x',
  'Observation%2Fx',
  'Observation/%78',
  ' Observation/x ',
  'Observation/x/$validate',
  `${base}/Observation/x`,
  `${base}/Observation/x/`,
  `${base}/Observation/x|1`,
  `${base}//Observation/x`,
  `${base}/Observation/x?_format=json`,
  '/demo/fhir/Observation/x',
  '//ehr.example/demo/fhir/Observation/x',
  'HTTPS://EHR.example:443/demo/fhir/Observation/x',
  'http://ehr.example/demo/fhir/Observation/x',
  'https://somebody@ehr.example/demo/fhir/Observation/x',
])('%s leads to the resource', (address) => {
  expect(parseAddress(address, base)).toEqual(observation);
});

it.each([
  '',
  '#x',
  '#Observation/x',
  'Observation',
  'Observation?_id=x',
  'urn:uuid:7a6b1f4e-9a2e-4a0c-9d5b-000000000001',
  'http://loinc.org',
  'https://elsewhere.example/demo/fhir/Observation/x',
  'https://ehr.example/other/fhir/Observation/x',
  'https://ehr.example:99999/Observation/x',
  'Observation/%E0%A4%A',
])('%s leads to none', (address) => {
  expect(parseAddress(address, base)).toBeUndefined();
});

it('knows relative addresses without a base', () => {
  expect(parseAddress('Observation/x|1')).toEqual(observation);
});
