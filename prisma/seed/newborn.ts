import type { Encounter, Observation, Reference } from 'fhir/r4';
import { concept } from './codes/coding.ts';
import { inpatientProcedureCodes } from './codes/icd10pcs.ts';
import { analyteCodes, loinc, panelCodes } from './codes/loinc.ts';
import { encounterCodes, findingCodes } from './codes/snomed.ts';
import { quantity } from './codes/ucum.ts';
import { bilirubinCourse, newbornBilirubinLimits, phototherapy } from './data/bilirubin-course.ts';
import type { Chart } from './person/chart.ts';
import { referenceTo } from './person/chart.ts';
import { weightAt } from './person/physique.ts';
import { fileCarePlan, fileCareTeam } from './resource/care-plan.ts';
import { fileCondition } from './resource/condition.ts';
import { fileReport } from './resource/diagnostic-report.ts';
import { fileNote } from './resource/document-reference.ts';
import { fileEncounter } from './resource/encounter.ts';
import { laboratory } from './resource/hospital.ts';
import { fileImmunization } from './resource/immunization.ts';
import { fileObservation } from './resource/observation.ts';
import { judgement, resultTime } from './resource/observation-laboratory.ts';
import { fileVitalSigns } from './resource/observation-vitals.ts';
import { filePatient } from './resource/patient.ts';
import { practitionerReference } from './resource/practitioner.ts';
import { fileProcedure } from './resource/procedure.ts';
import { fileProvenance } from './resource/provenance.ts';
import { isoTime, plusHours } from './value/calendar.ts';

type Stay = Encounter & { id: string };

function fileAtBirth(
  chart: Chart,
  stay: Stay,
  code: 'birthWeight' | 'gestationalAgeAtBirth' | 'apgarOneMinute' | 'apgarFiveMinutes',
  result: Partial<Observation>,
): void {
  fileObservation(chart, {
    profile: 'observation-clinical-result',
    category: 'exam',
    code: [loinc[code]],
    date: chart.person.birth,
    encounter: referenceTo(stay),
    result,
  });
}

function fileBirth(chart: Chart, stay: Stay): void {
  const grams = Math.round(weightAt(chart.person, chart.person.birth) * 1000);
  fileAtBirth(chart, stay, 'gestationalAgeAtBirth', { valueQuantity: quantity(39, 'wk') });
  fileAtBirth(chart, stay, 'birthWeight', { valueQuantity: quantity(grams, 'g') });
  fileAtBirth(chart, stay, 'apgarOneMinute', { valueInteger: 8 });
  fileAtBirth(chart, stay, 'apgarFiveMinutes', { valueInteger: 9 });
}

/** Files one laboratory result of the newborn and its report. */
function fileResult(
  chart: Chart,
  stay: Stay,
  key: 'bilirubin' | 'bloodGroup',
  hours: number,
  result: Partial<Observation>,
): void {
  const date = plusHours(chart.person.birth, hours);
  const code = key === 'bilirubin' ? analyteCodes.bilirubin : panelCodes.bloodGroup;
  const encounter = referenceTo(stay);
  const issued = resultTime(chart, date);
  const plan = { profile: 'observation-lab', category: 'laboratory', performer: laboratory } as const;
  const observation = fileObservation(chart, { ...plan, code: [code], date, issued, encounter, result });
  fileReport(chart, {
    code: panelCodes[key],
    date,
    issued: isoTime(issued),
    encounter,
    results: [referenceTo(observation)],
  });
}

function fileBilirubin(chart: Chart, stay: Stay): void {
  for (const [hours, value] of bilirubinCourse) {
    const high = newbornBilirubinLimits.find(([until]) => hours < until)?.[1];
    const result = { valueQuantity: quantity(value, 'mg/dL'), ...judgement(value, { high }, 'bilirubin') };
    fileResult(chart, stay, 'bilirubin', hours, result);
  }
}

function fileJaundice(chart: Chart, stay: Stay): Reference {
  const { birth } = chart.person;
  const seen = { since: plusHours(birth, 30), recorded: plusHours(birth, 48), encounter: referenceTo(stay) };
  const jaundice = referenceTo(
    fileCondition(chart, { key: 'neonatalJaundice', category: 'encounter-diagnosis', ...seen }),
  );
  chart.problems.add('neonatalJaundice');
  fileProcedure(chart, {
    code: inpatientProcedureCodes.phototherapy,
    start: plusHours(birth, phototherapy.from),
    end: plusHours(birth, phototherapy.to),
    reason: jaundice,
    encounter: referenceTo(stay),
  });
  return jaundice;
}

function fileJaundicePlan(chart: Chart, addresses: Reference): void {
  fileCarePlan(chart, fileCareTeam(chart), {
    goal: 'Total bilirubin falls and stays below the treatment threshold',
    activities: [
      'Total bilirubin every 6 hours while treated',
      'Feeding every 2 to 3 hours',
      'Check for rebound after phototherapy',
    ],
    target: { measure: panelCodes.bilirubin, below: 12, unit: 'mg/dL' },
    since: plusHours(chart.person.birth, 48),
    addresses,
  });
}

const noteText = [
  'PROGRESS NOTE',
  'Term newborn girl, 39 weeks, fourth day of life. Jaundice noticed on the second day; total bilirubin reached 15.1 mg/dL at 54 hours.',
  'Phototherapy from 49 to 79 hours of life with good response. Feeding well, weight loss within the expected range.',
  'Plan: check for rebound, discharge home with a visit to the pediatric clinic within two days.',
].join('\n\n');

/** Files the record of `Patient/BILIBABY`, a term newborn treated for jaundice, from birth until now. */
export function fileNewborn(chart: Chart): void {
  const { birth } = chart.person;
  filePatient(chart);
  const stay = fileEncounter(chart, {
    start: birth,
    class: 'IMP',
    type: encounterCodes.admission,
    status: 'in-progress',
    location: 'mother-baby',
    clinician: practitionerReference('dr-wu'),
  });
  fileBirth(chart, stay);
  const daily = [1, 24, 48, 72].map((hours) => ({ date: plusHours(birth, hours), encounter: stay }));
  fileVitalSigns(chart, daily);
  fileImmunization(chart, 'hepatitisB', { date: plusHours(birth, 5), encounter: stay }, 1);
  fileResult(chart, stay, 'bloodGroup', 6, { valueCodeableConcept: concept(findingCodes.groupAPositive) });
  fileBilirubin(chart, stay);
  fileJaundicePlan(chart, fileJaundice(chart, stay));
  fileNote(chart, { type: loinc.progressNote, date: plusHours(birth, 86), encounter: stay, text: noteText });
  fileProvenance(chart);
}
