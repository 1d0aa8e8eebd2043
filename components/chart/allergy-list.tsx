import type { AllergyIntolerance } from 'fhir/r4';
import { conceptText } from '#components/record/fhir-text.ts';
import { facts, RecordList } from '#components/record/record-list.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { statesNone } from './allergies.ts';

/** Allergies and intolerances with their reactions; a statement that there are none is shown but not counted. */
export function AllergyList({ allergies }: { allergies: readonly AllergyIntolerance[] }) {
  const rows = allergies.map((allergy) => ({
    key: allergy.id ?? '',
    title: conceptText(allergy.code),
    detail: facts(
      allergy.reaction?.flatMap(({ manifestation }) => manifestation.map(conceptText)).join(', '),
      allergy.reaction?.[0]?.severity,
    ),
    aside: allergy.criticality === 'high' ? <Badge tone="danger">High risk</Badge> : null,
  }));
  const count = allergies.filter((allergy) => !statesNone(allergy)).length;
  return <RecordList id="allergies" title="Allergies" empty="No allergies recorded" rows={rows} count={count} />;
}
