import { z } from 'zod';
import { scenarioFields } from '#lib/smart/scenario/launch-scenario.ts';
import { unique } from './unique.ts';

/** The launch scenarios of a sandbox file. */
export const Scenarios = z
  .array(z.strictObject(scenarioFields))
  .default([])
  .superRefine(unique('id'))
  .describe('Launches that are made up once and opened by one click or by their link.');

interface Named {
  users: { username: string }[];
  clients: { clientId: string }[];
  scenarios: { clientId: string; username?: string | undefined }[];
}

/** Requires that a scenario's app and user are in the same file. */
export function checkScenarios({ users, clients, scenarios }: Named, context: z.RefinementCtx): void {
  const report = (index: number, member: string, list: string) =>
    context.addIssue({
      code: 'custom',
      path: ['scenarios', index, member],
      message: `is not among ${list} of this file`,
    });
  scenarios.forEach(({ clientId, username }, index) => {
    if (!clients.some((client) => client.clientId === clientId)) report(index, 'clientId', 'the clients');
    if (username && !users.some((user) => user.username === username)) report(index, 'username', 'the users');
  });
}
