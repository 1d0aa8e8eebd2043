import type { Encounter } from 'fhir/r4';
import { dateTimeText, newestFirst } from './fhir-date.ts';
import { conceptText } from './fhir-text.ts';

/** An encounter as people describe it: its date, kind and reason. */
export interface EncounterChoice {
  id: string;
  date: string;
  kind: string;
  reason: string;
  status: string;
}

const classes = new Map<string, string>(
  Object.entries<string>({
    AMB: 'Ambulatory',
    EMER: 'Emergency',
    IMP: 'Inpatient',
    ACUTE: 'Inpatient, acute',
    OBSENC: 'Observation',
    HH: 'Home visit',
    VR: 'Virtual',
    SS: 'Short stay',
  }),
);

function choiceOf(encounter: Encounter): EncounterChoice {
  const { class: kind, type, reasonCode, period, status } = encounter;
  return {
    id: encounter.id ?? '',
    date: dateTimeText(period?.start),
    kind: classes.get(kind.code ?? '') ?? kind.display ?? kind.code ?? '',
    reason: conceptText(reasonCode?.[0]) || conceptText(type?.[0]),
    status,
  };
}

/** Encounters as choices, newest first. */
export function encounterChoices(encounters: readonly Encounter[]): EncounterChoice[] {
  return newestFirst(encounters, ({ period }) => period?.start).map(choiceOf);
}
