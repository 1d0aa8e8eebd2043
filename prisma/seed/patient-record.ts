import type { FhirResource, Reference } from 'fhir/r4';
import { fileHospitalStay } from './hospital-stay.ts';
import { fileNewborn } from './newborn.ts';
import type { Chart } from './person/chart.ts';
import { openChart } from './person/chart.ts';
import type { Person } from './person/person.ts';
import { createPerson } from './population.ts';
import { fileAllergies } from './resource/allergy-intolerance.ts';
import { fileAppointments } from './resource/appointment.ts';
import { fileCare } from './resource/care-plan.ts';
import { fileConditions } from './resource/condition.ts';
import { fileImmunizations } from './resource/immunization.ts';
import { fileLaboratory } from './resource/laboratory.ts';
import { fileMedicationRequests } from './resource/medication-request.ts';
import { fileHistory } from './resource/observation-history.ts';
import { fileVitalSigns } from './resource/observation-vitals.ts';
import { filePatient } from './resource/patient.ts';
import { practitionerReference } from './resource/practitioner.ts';
import { fileProcedures } from './resource/procedure.ts';
import { fileProgressNote } from './resource/progress-note.ts';
import { fileProvenance } from './resource/provenance.ts';
import { yearsBetween } from './value/calendar.ts';
import { randomStream } from './value/random.ts';
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

/** All resources of patient `number` in a population, the Patient first. */
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
