import { totalBilirubinCodes } from '../bilirubin-chart/observation.ts';

/** The service's description for discovery. @see https://cds-hooks.hl7.org/2.0/#discovery */
export const newbornBilirubin = {
  hook: 'patient-view',
  id: 'newborn-bilirubin',
  title: 'Newborn bilirubin',
  description: 'Says in which risk zone the latest total bilirubin of a newborn lies, and when to measure again.',
  prefetch: {
    patient: 'Patient/{{context.patientId}}',
    bilirubin: `Observation?patient={{context.patientId}}&code=${totalBilirubinCodes.join(',')}`,
  },
};

/** CORS headers that let any page call the service: it holds no private data. */
export const anybody = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
  'Access-Control-Allow-Headers': 'authorization, content-type',
};
