import { fieldEntry, fieldNames, type RegistrationField } from '#lib/smart/client/registration-fields.ts';
import { type Paper, proseOf } from '#scripts/papers/papers.ts';

/**
 * The registration fields that no row of a paper's tables begins with: with the label of the form, up to a comma, and
 * the name of a sandbox file.
 */
export function fieldsWithoutRow(paper: Paper): RegistrationField[] {
  const beginnings = [...proseOf(paper).matchAll(/^\| ([^|]+) \|/gm)].map(([, beginning = '']) => beginning).join('\n');
  return fieldNames.filter((name) => {
    const [label = ''] = fieldEntry(name).label.split(',');
    return !beginnings.includes(`${label} (\`${name}\`)`);
  });
}
