/** Bodies without end, sent to the whole server as nobody's browser would send them. */
import { once } from 'node:events';
import { Agent, request as http } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from '@playwright/test';

const chunk = `4000\r\n${'a&'.repeat(0x2000)}\r\n`;
const maxSent = 40_000_000;

/** Sends a body until the server ends the connection. Answers what it said, and how much it was sent. */
async function sendWithoutEnd(origin: string, path: string, lines: string[]) {
  const { port } = new URL(origin);
  const socket = connect(Number(port), '127.0.0.1');
  let heard = '';
  let sent = 0;
  let ended = false;
  socket.on('data', (data) => (heard += data));
  const end = once(socket, 'end').then(() => (ended = true));
  const head = [`POST ${path} HTTP/1.1`, `Host: localhost:${port}`, 'Transfer-Encoding: chunked', ...lines, '', ''];
  socket.write(head.join('\r\n'));
  while (!ended && sent < maxSent) {
    sent += chunk.length;
    const more = socket.write(chunk);
    await (more ? new Promise(setImmediate) : Promise.race([once(socket, 'drain'), end]));
  }
  await end;
  socket.destroy();
  return { heard, sent };
}

const form = 'Content-Type: application/x-www-form-urlencoded';
const multipart = 'Content-Type: multipart/form-data; boundary=x';
const json = 'Content-Type: application/json';

test('a body without end is refused everywhere, before anybody has signed in', async ({ baseURL }) => {
  for (const [path, ...lines] of [
    ['/', multipart],
    ['/sign-in', multipart],
    ['/sandboxes/new', multipart],
    ['/api/auth/callback/credentials', form],
    ['/api/auth/signout', json],
    ['/samples/cds-services/newborn-bilirubin', json],
    ['/samples/cds-services/newborn-bilirubin/feedback', json],
    ['/demo/oauth/token', form],
    ['/demo/oauth/register', json],
  ] as const) {
    const { heard, sent } = await sendWithoutEnd(baseURL ?? '', path, [...lines]);
    expect([path, heard.split('\r\n')[0]]).toEqual([path, 'HTTP/1.1 413 Payload Too Large']);
    expect(heard).toContain('\r\nConnection: close\r\n');
    expect(sent).toBeLessThan(maxSent);
  }
});

test('what does not read a body answers, and ends the connection', async ({ baseURL }) => {
  for (const [path, status] of [
    ['/health', 405],
    ['/nowhere/at/all', 404],
    ['/demo/fhir/Patient', 401],
    ['/demo/launch', 303],
  ] as const) {
    const { heard } = await sendWithoutEnd(baseURL ?? '', path, [json]);
    expect([path, heard.slice(0, 12)]).toEqual([path, `HTTP/1.1 ${status}`]);
    expect(heard).toContain('\r\nConnection: close\r\n');
  }
});

test('the next request of a client whose body was refused is answered', async ({ baseURL }) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send = (method: string, path: string, body: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const sent = http(`${baseURL}${path}`, { agent, method, headers }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode));
      });
      sent.on('error', reject).end(body);
    });
  for (const path of ['/demo/oauth/token', '/api/auth/callback/credentials', '/sign-in', '/demo/fhir/Patient']) {
    const refused = await send('POST', path, 'a&'.repeat(4_000_000));
    expect([path, refused]).toEqual([path, path === '/demo/fhir/Patient' ? 401 : 413]);
    expect(await send('GET', '/health', '')).toBe(200);
  }
  agent.destroy();
});
