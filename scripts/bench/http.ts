/** A minimal HTTP client with persistent connections, so that the bench measures the server and not the client. */
import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** GETs a loopback URL and reads the whole response. @throws Error on any status but 200 */
export function get(url: string, headers: Record<string, string> = {}): Promise<string> {
  return send('GET', url, headers);
}

/** Posts a form as a server does, without an Origin header. @throws Error on any status but 200 */
export function post(url: string, form: Record<string, string>): Promise<string> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return send('POST', url, headers, new URLSearchParams(form).toString());
}

/** Posts FHIR JSON. @throws Error on any status but 200 */
export function postJson(url: string, body: string, headers: Record<string, string>): Promise<string> {
  return send('POST', url, { 'content-type': 'application/fhir+json', ...headers }, body);
}

function send(method: string, url: string, headers: Record<string, string>, sentBody?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => {
        if (response.statusCode === 200) resolve(body);
        else reject(new Error(`${method} ${url} answered ${response.statusCode}: ${body.slice(0, 500)}`));
      });
    });
    sent.on('error', reject);
    sent.end(sentBody);
  });
}
