import type { Resource } from 'fhir/r4';
import { readPrebuilt } from '../definition/prebuilt.ts';
import type { IndexRow } from './rows.ts';

/** Search parameters that place a resource in a patient's compartment, by resource type. */
let parametersByType: ReadonlyMap<string, string[]> | undefined;

function parametersOf(resourceType: string): string[] {
  parametersByType ??= readPrebuilt<ReadonlyMap<string, string[]>>('patient-compartment');
  return parametersByType.get(resourceType) ?? [];
}

/** A patient whom a resource names by a search parameter of the patient compartment. */
export interface NamedPatient {
  parameter: string;
  patient: string;
}

/** The patients whom a resource of this type names by the parameters of the patient compartment, given its index rows. */
export function namedPatients(resourceType: string, rows: IndexRow[]): NamedPatient[] {
  const parameters = parametersOf(resourceType);
  return rows.flatMap((row) =>
    row.index === 'reference' && row.targetType === 'Patient' && parameters.includes(row.parameter)
      ? { parameter: row.parameter, patient: row.targetId }
      : [],
  );
}

/** Of several parameters in the patient compartment, the first of these tells whom a resource is about. */
const about = ['patient', 'subject', 'beneficiary'];

/**
 * The parameter of the patient compartment that tells whom resources of a type are about, not who recorded or performed
 * something; undefined for types in no compartment.
 */
export function aboutParameterOf(resourceType: string): string | undefined {
  const parameters = parametersOf(resourceType);
  return about.find((parameter) => parameters.includes(parameter)) ?? parameters[0];
}

/**
 * Ids of the patients whose compartments contain a resource, given its index rows. A Patient is only in its own:
 * Patient.link may be wrong, and a wrong link must not open another patient's record.
 * @see https://hl7.org/fhir/R4/compartmentdefinition-patient.html
 */
export function patientsOf(resource: Resource, rows: IndexRow[]): string[] {
  if (resource.resourceType === 'Patient') return resource.id ? [resource.id] : [];
  return [...new Set(namedPatients(resource.resourceType, rows).map(({ patient }) => patient))];
}
