import { z } from 'zod';
import type { AuditQuery } from '#components/audit/audit-entry.ts';
import { type SearchParameters, typedText } from '../../_list/search-parameters.ts';

const Query = z.object({
  patient: typedText,
  user: typedText,
  app: typedText,
  event: typedText,
  action: typedText,
  outcome: typedText,
  address: typedText,
  from: typedText,
  to: typedText,
});

/** Reads the address of the log; parameters that are not a text narrow nothing. */
export function readAuditQuery(sent: SearchParameters): AuditQuery {
  return Query.parse(sent);
}

/** The query in the form of search parameters of AuditEvent. */
export function searchOf({
  patient,
  user,
  app,
  event,
  action,
  outcome,
  address,
  from,
  to,
}: AuditQuery): [string, string][] {
  const pairs: [string, string][] = [
    ['patient', patient && `Patient/${patient.replace(/^Patient\//, '')}`],
    ['altid', escaped(user)],
    ['altid', escaped(app)],
    ['subtype', escaped(event)],
    ['action', escaped(action)],
    ['outcome', escaped(outcome)],
    ['address:exact', escaped(address)],
    ['date', from && `ge${from}`],
    ['date', to && `le${to}`],
  ];
  return pairs.filter(([, value]) => value !== '');
}

/** The problem of a filter that was typed into the address; the form's own fields allow no such filter. */
export function problemOf({ from, to }: AuditQuery): string | undefined {
  const wrong = [from, to].find((day) => day !== '' && !/^\d{4}-\d\d-\d\d$/.test(day));
  return wrong === undefined ? undefined : 'From and To are days such as 2026-01-31.';
}

/** @see https://hl7.org/fhir/R4/search.html#escaping */
function escaped(text: string): string {
  return text.replaceAll(/[\\,|$]/g, '\\$&');
}
