import type { FhirResource, Reference } from 'fhir/r4';
import { fileAllergies } from './allergy-intolerance.ts';
import { fileAppointments } from './appointment.ts';
import { yearsBetween } from './calendar.ts';
import { fileCare } from './care-plan.ts';
import type { Chart } from './chart.ts';
import { openChart } from './chart.ts';
import { fileConditions } from './condition.ts';
import { fileHospitalStay } from './hospital-stay.ts';
import { fileImmunizations } from './immunization.ts';
import { fileLaboratory } from './laboratory.ts';
import { fileMedicationRequests } from './medication-request.ts';
import { fileNewborn } from './newborn.ts';
import { fileHistory } from './observation-history.ts';
import { fileVitalSigns } from './observation-vitals.ts';
import { filePatient } from './patient.ts';
import type { Person } from './person.ts';
import { createPerson } from './population.ts';
import { practitionerReference } from './practitioner.ts';
import { fileProcedures } from './procedure.ts';
import { fileProgressNote } from './progress-note.ts';
import { fileProvenance } from './provenance.ts';
import { randomStream } from './random.ts';
import { fileRoutineVisits } from './visits.ts';

export interface Population {
  patients: number;
  seed: number;
  now: Date;
}

function clinicianOf(person: Person, now: Date): Reference {
  if (yearsBetween(person.birth, now) < 18) {
    return practitionerReference('dr-chen');
  }
  const adults = ['dr-okafor', 'dr-lindqvist', 'np-jackson'] as const;
  return practitionerReference(adults[person.number % adults.length] ?? 'dr-okafor');
}

function fileRecord(chart: Chart, patients: number): void {
  filePatient(chart);
  const problems = fileConditions(chart);
  const visits = fileRoutineVisits(chart);
  fileVitalSigns(chart, visits);
  fileHistory(chart, visits);
  fileLaboratory(chart, visits);
  const taken = fileMedicationRequests(chart, problems);
  fileAllergies(chart, taken);
  fileImmunizations(chart, visits);
  fileProcedures(chart);
  fileCare(chart, problems);
  fileProgressNote(chart, visits, taken);
  fileHospitalStay(chart);
  fileAppointments(chart, patients);
  fileProvenance(chart);
}

/** Everything about patient `number` of a population, the Patient first. */
export function patientRecord(number: number, { patients, seed, now }: Population): FhirResource[] {
  const random = randomStream(seed, number);
  const person = createPerson(number, random, now);
  const chart = openChart(person, random, now, clinicianOf(person, now));
  if (person.id === 'BILIBABY') {
    fileNewborn(chart);
  } else {
    fileRecord(chart, patients);
  }
  return chart.resources;
}
