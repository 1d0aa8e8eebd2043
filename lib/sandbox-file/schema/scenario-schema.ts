import { z } from 'zod';
import { scenarioFields } from '#lib/smart/scenario/launch-scenario.ts';
import { unique } from './unique.ts';

/** A launch scenario of a sandbox file. */
export const Scenario = z.strictObject(scenarioFields);

/** The launch scenarios of a sandbox file. */
export const Scenarios = z
  .array(Scenario)
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
  const apps = new Set(clients.map(({ clientId }) => clientId));
  const people = new Set(users.map(({ username }) => username));
  scenarios.forEach(({ clientId, username }, index) => {
    if (!apps.has(clientId)) report(index, 'clientId', 'the clients');
    if (username && !people.has(username)) report(index, 'username', 'the users');
  });
}
