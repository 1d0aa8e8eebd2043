import { findLaunchableClients } from '#lib/data/client/clients.ts';
import { findMembers } from '#lib/data/member/members.ts';

/** The apps and the members of a sandbox, as the choices of the scenario form. */
export async function formChoices(sandboxId: number) {
  const [clients, members] = await Promise.all([findLaunchableClients(sandboxId), findMembers(sandboxId)]);
  return {
    apps: clients.map(({ clientId, name, dynamic }) => ({
      value: clientId,
      label: dynamic ? `${name} (registered itself)` : name,
    })),
    users: members.map(({ username, name, role }) => ({ value: username, label: `${name} (${username}, ${role})` })),
  };
}
