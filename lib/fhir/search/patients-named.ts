import { isId } from '../reference/reference.ts';

/** What may stand before the id: a subject of another type is no patient. */
const references = new Map<string, RegExp>([
  ['patient', /^(?:Patient\/)?(.+)$/],
  ['patient:Patient', /^(?:Patient\/)?(.+)$/],
  ['subject', /^Patient\/(.+)$/],
  ['subject:Patient', /^(?:Patient\/)?(.+)$/],
]);

/** Ids of the patients that search parameters name: `patient=1`, `subject=Patient/1,Patient/2`. */
export function patientsNamed(parameters: URLSearchParams): string[] {
  return [...parameters].flatMap(([name, value]) => {
    const form = references.get(name);
    return form ? value.split(',').flatMap((one) => idIn(one, form)) : [];
  });
}

function idIn(text: string, form: RegExp): string[] {
  const id = form.exec(text)?.[1];
  return id !== undefined && isId(id) ? [id] : [];
}
