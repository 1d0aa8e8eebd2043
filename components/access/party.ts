import type { Option } from '#components/ui/form/options.ts';

/** A user or an app by which a list can be filtered. */
export interface Party {
  kind: 'user' | 'app';
  id: string;
  name: string;
}

/** The users or the apps among `parties` as options of a select. */
export function partyOptions(parties: readonly Party[], kind: Party['kind']): Option[] {
  return parties.filter((party) => party.kind === kind).map(({ id, name }) => ({ value: id, label: name }));
}
