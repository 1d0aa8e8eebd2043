import type { Registration } from '../smart/registration.ts';

export const registration: Registration = {
  clientId: 'cds_console',
  name: 'CDS Console',
  redirectPath: '/samples/cds-console/',
  scope: 'launch openid fhirUser patient/Patient.rs patient/Observation.rs smart/orchestrate_launch',
  logoPath: '/samples/cds-console.svg',
};
