import type { Registration } from '../smart/registration.ts';

/**
 * Asks for Observations as a type rather than by `?code=`: many servers do not support granular scopes yet, and those
 * that do can grant less than was asked.
 */
export const registration: Registration = {
  clientId: 'bilirubin_chart',
  name: 'Bilirubin Chart',
  redirectPath: '/samples/bilirubin-chart/',
  scope: 'launch openid fhirUser patient/Patient.rs patient/Observation.rs',
  logoPath: '/samples/bilirubin-chart.svg',
};
