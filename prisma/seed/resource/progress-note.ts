import type { Encounter } from 'fhir/r4';
import { loinc } from '../codes/loinc.ts';
import { disorderCodes } from '../codes/problems.ts';
import type { DrugKey } from '../codes/rxnorm.ts';
import { drugCodes } from '../codes/rxnorm.ts';
import type { Chart, Visit } from '../person/chart.ts';
import { ageAt } from '../person/chart.ts';
import { bodyMassIndexAt, heightAt, weightAt } from '../person/physique.ts';
import { isoDate, plusMinutes } from '../value/calendar.ts';
import { fileNote } from './document-reference.ts';

const isFiled = (encounter: Encounter | undefined): encounter is Encounter & { id: string } => Boolean(encounter?.id);

function list(entries: string[]): string {
  return entries.length > 0 ? entries.map((entry) => `- ${entry}`).join('\n') : '- none';
}

function textOf(chart: Chart, date: Date, taken: Set<DrugKey>): string {
  const { person, problems } = chart;
  const age = ageAt(chart, date);
  const years = age < 2 ? `${Math.floor(age * 12)} months` : `${Math.floor(age)} years`;
  const body = `${weightAt(person, date)} kg, ${heightAt(person, date)} cm`;
  return [
    `PROGRESS NOTE ${isoDate(date)}`,
    `${person.given.join(' ')} ${person.family}, ${person.sex}, ${years}, seen for a routine visit. No new complaints.`,
    `Weight and height: ${body}${age >= 2 ? `, body mass index ${bodyMassIndexAt(person, date)} kg/m2` : ''}.`,
    `Problems:\n${list([...problems].map((key) => disorderCodes[key].display))}`,
    `Medications:\n${list([...taken].map((key) => drugCodes[key].display))}`,
    'Plan: continue as discussed; return as scheduled.',
  ].join('\n\n');
}

/** Files the clinician's note on the latest routine visit, which summarises the record. */
export function fileProgressNote(chart: Chart, visits: Visit[], taken: Set<DrugKey>): void {
  const latest = visits.at(-1);
  if (latest && isFiled(latest.encounter)) {
    const text = textOf(chart, latest.date, taken);
    fileNote(chart, {
      type: loinc.progressNote,
      date: plusMinutes(latest.date, 40),
      encounter: latest.encounter,
      text,
    });
  }
}
