import { loinc } from './codes/loinc.ts';
import { disorderCodes } from './codes/problems.ts';
import { encounterCodes } from './codes/snomed.ts';
import type { Chart } from './person/chart.ts';
import { ageNow, referenceTo } from './person/chart.ts';
import { fileCondition } from './resource/condition.ts';
import { fileNote } from './resource/document-reference.ts';
import { fileEncounter } from './resource/encounter.ts';
import { practitionerReference } from './resource/practitioner.ts';
import { isoTime, plusHours, plusMinutes } from './value/calendar.ts';

function admitWithPneumonia(chart: Chart): void {
  const start = plusHours(chart.now, -chart.random.integer(20, 50));
  const reason = disorderCodes.pneumonia;
  const encounter = fileEncounter(chart, {
    start,
    class: 'IMP',
    type: encounterCodes.admission,
    status: 'in-progress',
    location: 'medical-ward',
    clinician: practitionerReference('dr-okafor'),
    reason,
  });
  const found = {
    key: 'pneumonia',
    since: plusHours(start, -48),
    recorded: start,
    category: 'encounter-diagnosis',
  } as const;
  fileCondition(chart, { ...found, encounter: referenceTo(encounter) });
  const text = [
    'HISTORY AND PHYSICAL',
    `Admitted ${isoTime(start)} with two days of fever and productive cough.`,
    'Crackles over the right lower lobe. Community-acquired pneumonia, improving on treatment.',
  ].join('\n');
  fileNote(chart, { type: loinc.admissionNote, date: plusHours(start, 1), encounter, text });
}

function visitEmergency(chart: Chart): void {
  const waiting = chart.random.chance(0.4);
  fileEncounter(chart, {
    start: plusMinutes(chart.now, waiting ? -chart.random.integer(5, 25) : -chart.random.integer(40, 170)),
    class: 'EMER',
    type: encounterCodes.emergency,
    status: waiting ? 'arrived' : 'in-progress',
    location: 'emergency',
    clinician: practitionerReference('dr-brennan'),
    reason: ageNow(chart) < 18 ? disorderCodes.respiratoryInfection : disorderCodes.lowBackPain,
  });
}

/** Admits a few patients: some to a ward, some to the emergency department. */
export function fileHospitalStay(chart: Chart): void {
  const { number } = chart.person;
  if (number > 6 && number % 17 === 7 && ageNow(chart) > 1) {
    visitEmergency(chart);
  } else if (number > 6 && number % 13 === 4 && ageNow(chart) > 30 && !chart.problems.has('pregnancy')) {
    admitWithPneumonia(chart);
  }
}
