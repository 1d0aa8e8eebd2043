import type { CareTeam } from 'fhir/r4';
import { conceptText } from '#components/record/fhir-text.ts';
import { RecordList } from '#components/record/record-list.tsx';

/** The people who care for the patient; the patient, where listed as a member, is left out. */
export function CareTeamList({ teams }: { teams: readonly CareTeam[] }) {
  const rows = teams.flatMap((team) =>
    (team.participant ?? [])
      .filter(({ member }) => !member?.reference?.startsWith('Patient/'))
      .map(({ member, role }, index) => ({
        key: `${team.id}-${index}`,
        title: member?.display ?? member?.reference ?? 'Member',
        detail: conceptText(role?.[0]),
      })),
  );
  return <RecordList id="care-team" title="Care team" empty="No care team recorded" rows={rows} />;
}
