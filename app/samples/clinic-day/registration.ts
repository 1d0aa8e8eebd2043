import type { Registration } from '../smart/registration.ts';

export const registration: Registration = {
  clientId: 'clinic_day',
  name: 'Clinic Day',
  redirectPath: '/samples/clinic-day/',
  scope:
    'launch openid fhirUser user/Appointment.rs user/Encounter.rs user/Patient.rs user/Practitioner.rs user/Location.rs',
  logoPath: '/samples/clinic-day.svg',
};
