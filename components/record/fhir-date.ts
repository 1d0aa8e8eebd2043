const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

interface DateParts {
  year: string;
  month?: string | undefined;
  day?: string | undefined;
  /** Hours and minutes, in the offset they were recorded in. */
  time?: string | undefined;
}

function partsOf(value: string): DateParts | undefined {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}:\d{2}))?)?)?/.exec(value);
  return match?.[1] ? { year: match[1], month: match[2], day: match[3], time: match[4] } : undefined;
}

/**
 * A FHIR date or dateTime as clinicians write it, no more precise than it was recorded: `12 Mar 1951`, `Mar 1951`,
 * `1951`.
 * @see https://hl7.org/fhir/R4/datatypes.html#dateTime
 */
export function dateText(value: string | undefined): string {
  const parts = value === undefined ? undefined : partsOf(value);
  if (!parts) return value ?? '';
  const month = parts.month ? months[Number(parts.month) - 1] : undefined;
  return [parts.day && String(Number(parts.day)), month, parts.year].filter(Boolean).join(' ');
}

/** A FHIR date or dateTime with hours and minutes if they were recorded, in their own offset: `12 Mar 1951, 14:05`. */
export function dateTimeText(value: string | undefined): string {
  const time = value === undefined ? undefined : partsOf(value)?.time;
  return time ? `${dateText(value)}, ${time}` : dateText(value);
}

/** Sorts rows by FHIR date, the newest first; those without a date come last. */
export function newestFirst<Row>(rows: readonly Row[], dateOf: (row: Row) => string | undefined): Row[] {
  return rows.toSorted((a, b) => (dateOf(b) ?? '').localeCompare(dateOf(a) ?? ''));
}
