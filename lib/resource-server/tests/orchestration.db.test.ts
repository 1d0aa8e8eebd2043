import { expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { answerLaunchService } from '../launch-service/answer-launch-service.ts';
import { fhirServer } from './fhir-server.ts';

it('asks for smart/orchestrate_launch where the sandbox does, for reading and withdrawing too', async () => {
  const server = await fhirServer({
    plain: { scope: 'user/*.rs' },
    orchestrator: { scope: 'user/*.rs smart/orchestrate_launch' },
  });
  await server.put([{ resourceType: 'Patient', id: 'baby' }]);
  const send = async (token: string, method = 'POST', path = '') => {
    const headers = { authorization: `Bearer ${server.slug}-${token}`, 'content-type': 'application/json' };
    const body =
      method === 'POST' ? { body: JSON.stringify({ client_id: 'app', parameters: { patient: 'baby' } }) } : {};
    const request = new Request(`${server.base}/_services/smart/Launch${path}`, { method, headers, ...body });
    return answerLaunchService(request, server.slug);
  };
  const { launch_id: launchId } = await (await send('plain')).json();
  await database().sandbox.update({ where: { id: server.sandboxId }, data: { orchestrateScope: true } });
  for (const refused of [
    await send('plain'),
    await send('plain', 'GET', `/${launchId}`),
    await send('plain', 'DELETE', `/${launchId}`),
  ]) {
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({
      error: 'insufficient_scope',
      error_description: expect.stringContaining('smart/orchestrate_launch'),
    });
  }
  expect(await database().launchContext.count({ where: { sandboxId: server.sandboxId } })).toBe(1);
  expect((await send('orchestrator')).status).toBe(200);
});
