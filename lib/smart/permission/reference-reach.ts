import type { PlacedIdentifier } from '#lib/fhir/reference/placed-identifiers.ts';
import type { PlacedReference } from '#lib/fhir/reference/placed-references.ts';

/**
 * Types that belong to everybody: directories, catalogues and definitions, and the devices that apps name as the source
 * of what they measured. R4 puts them into no patient's compartment. Whoever writes may refer to them, and nobody looks
 * whether they are there.
 */
const shared = new Set([
  'ActivityDefinition',
  'ChargeItemDefinition',
  'CodeSystem',
  'ConceptMap',
  'Device',
  'DeviceDefinition',
  'DeviceMetric',
  'Endpoint',
  'EventDefinition',
  'Evidence',
  'EvidenceVariable',
  'HealthcareService',
  'InsurancePlan',
  'Library',
  'Location',
  'Measure',
  'Medication',
  'MedicationKnowledge',
  'NamingSystem',
  'ObservationDefinition',
  'OperationDefinition',
  'Organization',
  'OrganizationAffiliation',
  'PlanDefinition',
  'Practitioner',
  'PractitionerRole',
  'Questionnaire',
  'ResearchDefinition',
  'ResearchElementDefinition',
  'ResearchStudy',
  'Slot',
  'SpecimenDefinition',
  'StructureDefinition',
  'StructureMap',
  'Substance',
  'ValueSet',
]);

/**
 * The references of a new version that must lead to what its writer reaches, when the writer is confined to the records
 * of `patients`: all but those to shared types, to these patients, to what stands in `known`, such as the context of the
 * launch, and those that the version before had in the same element.
 */
export function referencesToJudge(
  after: readonly PlacedReference[],
  before: readonly PlacedReference[],
  { patients, known }: { patients: readonly string[]; known: ReadonlySet<string> },
): PlacedReference[] {
  const kept = new Set(before.map(placeOf));
  return after.filter((reference) => {
    const { resourceType, id } = reference;
    if (shared.has(resourceType) || known.has(`${resourceType}/${id}`) || kept.has(placeOf(reference))) return false;
    return resourceType !== 'Patient' || !patients.includes(id);
  });
}

/**
 * The identifiers by which a new version names somebody who may be a patient, where the version before did not in the
 * same element: whoever is confined to patients' records adds none, since searches would find it by another's number.
 */
export function addedIdentifiers(
  after: readonly PlacedIdentifier[],
  before: readonly PlacedIdentifier[],
): PlacedIdentifier[] {
  const kept = new Set(before.map(({ path, identifier }) => `${path} ${identifier}`));
  return after.filter(({ path, identifier }) => !kept.has(`${path} ${identifier}`));
}

function placeOf({ path, resourceType, id }: PlacedReference): string {
  return `${path} ${resourceType}/${id}`;
}
