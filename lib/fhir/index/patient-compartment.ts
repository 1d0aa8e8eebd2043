import type { Resource } from 'fhir/r4';
import { readPrebuilt } from '../definition/prebuilt.ts';
import type { IndexRow } from './rows.ts';

/** Search parameters that place a resource in a patient's compartment, by resource type. */
let parametersByType: ReadonlyMap<string, string[]> | undefined;

function parametersOf(resourceType: string): string[] {
  parametersByType ??= readPrebuilt<ReadonlyMap<string, string[]>>('patient-compartment');
  return parametersByType.get(resourceType) ?? [];
}

/**
 * Ids of the patients whose compartments contain a resource, given its index rows. A Patient is only in its own:
 * Patient.link may be wrong, and a wrong link must not open another patient's record.
 * @see https://hl7.org/fhir/R4/compartmentdefinition-patient.html
 */
export function patientsOf(resource: Resource, rows: IndexRow[]): string[] {
  if (resource.resourceType === 'Patient') return resource.id ? [resource.id] : [];
  const parameters = parametersOf(resource.resourceType);
  const referenced = rows.flatMap((row) =>
    row.index === 'reference' && row.targetType === 'Patient' && parameters.includes(row.parameter) ? row.targetId : [],
  );
  return [...new Set(referenced)];
}
