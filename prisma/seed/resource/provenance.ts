import type { FhirResource, Provenance } from 'fhir/r4';
import { hl7Concept } from '../codes/coding.ts';
import { claims, usCoreCategory } from '../codes/us-core.ts';
import type { Chart } from '../person/chart.ts';
import { referenceTo } from '../person/chart.ts';
import { isoTime } from '../value/calendar.ts';
import { hospital } from './hospital.ts';

const attested = new Set<FhirResource['resourceType']>([
  'Patient',
  'Condition',
  'MedicationRequest',
  'AllergyIntolerance',
  'DocumentReference',
]);

/** Files the authors and the transmitter of the problem list, medications, allergies and notes. */
export function fileProvenance(chart: Chart): void {
  const targets = chart.resources.filter(({ resourceType }) => attested.has(resourceType));
  chart.file<Provenance>({
    resourceType: 'Provenance',
    meta: claims('provenance'),
    target: targets.map((resource) => referenceTo(resource as FhirResource & { id: string })),
    recorded: isoTime(chart.now),
    agent: [
      {
        type: hl7Concept('provenance-participant-type', 'author', 'Author'),
        who: chart.clinician,
        onBehalfOf: hospital,
      },
      { type: usCoreCategory('us-core-provenance-participant-type', 'transmitter', 'Transmitter'), who: hospital },
    ],
  });
}
