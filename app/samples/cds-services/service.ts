import { totalBilirubinCodes } from '../bilirubin-chart/observation.ts';

/** What discovery tells of the one service here. @see https://cds-hooks.hl7.org/2.0/#discovery */
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

/** Any page may ask: nothing here is anybody's own. */
export const anybody = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
  'Access-Control-Allow-Headers': 'authorization, content-type',
};
