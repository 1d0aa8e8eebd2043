/** A FHIR dateTime or instant with a time of day and zone, as a moment; null when it is less precise or no date. */
export function momentOf(value: string | undefined): Date | null {
  if (!value || !/T\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$/.test(value)) return null;
  return validDate(new Date(value));
}

/** Midnight at the start of a FHIR date (YYYY-MM-DD), in the browser's time zone; null for partial or impossible dates. */
export function startOfDate(value: string | undefined): Date | null {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value ?? '')?.map(Number) ?? [];
  if (!year || !month || !day) return null;
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 ? date : null;
}

function validDate(date: Date): Date | null {
  return Number.isNaN(date.getTime()) ? null : date;
}
