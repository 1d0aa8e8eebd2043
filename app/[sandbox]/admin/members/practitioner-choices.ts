import type { Choice } from '#components/member/member-state.ts';
import { nameOf } from '#components/patient/patient-summary.ts';
import { findPractitioners } from '#lib/data/chart/practitioners.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { readerOf } from '#lib/smart/permission/member-permission.ts';

/** The practitioners of the sandbox, as the choices of a select field. */
export async function practitionerChoices(member: Member): Promise<Choice[]> {
  const found = await findPractitioners(readerOf(member));
  return found.map(({ id = '', name }) => ({ value: id, label: `${nameOf(name)} (${id})` }));
}
