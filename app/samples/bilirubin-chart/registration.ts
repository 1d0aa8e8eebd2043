import type { Registration } from '../smart/registration.ts';

/**
 * Observations are asked for as a type, not by `?code=`: many servers do not know granular scopes yet, and where
 * they do, the EHR can grant less.
 */
export const registration: Registration = {
  clientId: 'bilirubin_chart',
  name: 'Bilirubin Chart',
  redirectPath: '/samples/bilirubin-chart/',
  scope: 'launch openid fhirUser patient/Patient.rs patient/Observation.rs',
  logoPath: '/samples/bilirubin-chart.svg',
};
