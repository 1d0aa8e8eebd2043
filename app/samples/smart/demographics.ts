import type { CodeableConcept, HumanName, Patient } from './resources.ts';

/** A name on one line, preferring the official and the usual one; null if there is none. */
export function nameText(names: HumanName[] | undefined): string | null {
  const name = names?.find(({ use }) => use === 'official' || use === 'usual') ?? names?.[0];
  if (!name) return null;
  const parts = [...(name.prefix ?? []), ...(name.given ?? []), name.family];
  return name.text ?? (parts.filter(Boolean).join(' ') || null);
}

/** The medical record number: the identifier of type MR, else the first one. */
export function recordNumber({ identifier }: Pick<Patient, 'identifier'>): string | null {
  const record = identifier?.find(({ type }) => type?.coding?.some(({ code }) => code === 'MR')) ?? identifier?.[0];
  return record?.value ?? null;
}

/** The text of a CodeableConcept for readers: its text, or else the first display or code. */
export function conceptText(concept: CodeableConcept | undefined): string | null {
  const coding = concept?.coding?.find(({ display }) => display) ?? concept?.coding?.[0];
  return concept?.text ?? coding?.display ?? coding?.code ?? null;
}

const hour = 3_600_000;
const day = 24 * hour;

/** Age as clinicians say it: hours to three days, days to four weeks, weeks to six months, months to two years, years. */
export function ageText(birth: Date, now: Date): string | null {
  const elapsed = now.getTime() - birth.getTime();
  if (!(elapsed >= 0)) return null;
  if (elapsed < 3 * day) return count(Math.floor(elapsed / hour), 'hour');
  if (elapsed < 28 * day) return count(Math.floor(elapsed / day), 'day');
  const months = monthsBetween(birth, now);
  if (months < 6) return count(Math.floor(elapsed / (7 * day)), 'week');
  return months < 24 ? count(months, 'month') : count(Math.floor(months / 12), 'year');
}

function monthsBetween(from: Date, to: Date): number {
  const months = (to.getFullYear() - from.getFullYear()) * 12 + to.getMonth() - from.getMonth();
  return to.getDate() < from.getDate() ? months - 1 : months;
}

function count(amount: number, unit: string): string {
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}
