import type { AuditFilterValues } from '#components/audit/audit-entry.ts';

type Sent = Record<string, string | string[] | undefined>;

/** What the address of the log narrows it to; what is no text counts as nothing. */
export function filterOf(sent: Sent): AuditFilterValues {
  const text = (name: string) => {
    const value = sent[name];
    return typeof value === 'string' ? value.trim().slice(0, 200) : '';
  };
  return {
    patient: text('patient'),
    user: text('user'),
    app: text('app'),
    action: text('action'),
    outcome: text('outcome'),
    from: text('from'),
    to: text('to'),
  };
}

/** The same as search parameters of AuditEvent. */
export function searchOf({ patient, user, app, action, outcome, from, to }: AuditFilterValues): [string, string][] {
  const pairs: [string, string][] = [
    ['patient', patient && `Patient/${patient.replace(/^Patient\//, '')}`],
    ['altid', escaped(user)],
    ['altid', escaped(app)],
    ['action', escaped(action)],
    ['outcome', escaped(outcome)],
    ['date', from && `ge${from}`],
    ['date', to && `le${to}`],
  ];
  return pairs.filter(([, value]) => value !== '');
}

/** What is wrong with a filter, for whoever typed it into the address: the form's own fields let nothing else through. */
export function problemOf({ from, to }: AuditFilterValues): string | undefined {
  const wrong = [from, to].find((day) => day !== '' && !/^\d{4}-\d\d-\d\d$/.test(day));
  return wrong === undefined ? undefined : 'From and To are days such as 2026-01-31.';
}

/** @see https://hl7.org/fhir/R4/search.html#escaping */
function escaped(text: string): string {
  return text.replaceAll(/[\\,|$]/g, '\\$&');
}

/** The address of a page of the log. */
export function addressOf(list: string, filter: AuditFilterValues, cursor?: string): string {
  const kept = Object.entries(filter).filter(([, value]) => value !== '');
  const query = new URLSearchParams([...kept, ...(cursor ? [['cursor', cursor]] : [])]);
  return query.size > 0 ? `${list}?${query}` : list;
}
