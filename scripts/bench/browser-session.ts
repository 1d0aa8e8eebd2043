/** The parts of a browser that a launch needs: cookies by path, and redirects followed one by one. */
import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

export interface Answer {
  status: number;
  location?: string;
  body: string;
}

interface Cookie {
  value: string;
  path: string;
}

export class BrowserSession {
  readonly #cookies: Map<string, Cookie>;

  constructor(cookies: Map<string, Cookie> = new Map()) {
    this.#cookies = new Map(cookies);
  }

  /** An independent session that starts with these cookies. */
  copy(): BrowserSession {
    return new BrowserSession(this.#cookies);
  }

  get(url: string): Promise<Answer> {
    return this.#send('GET', url);
  }

  /** Sends a form as a page of its own origin would. */
  post(url: string, form: Record<string, string>): Promise<Answer> {
    return this.#send('POST', url, new URLSearchParams(form).toString());
  }

  /** GETs `url` and follows redirects until one to an address that `ends` accepts; returns that address. */
  async follow(url: string, ends: (location: string) => boolean): Promise<string> {
    let next = url;
    for (let step = 0; step < 10; step++) {
      const { status, location, body } = await this.get(next);
      if (!location) throw new Error(`${next} answered ${status} and no redirect: ${body.slice(0, 300)}`);
      next = new URL(location, next).href;
      if (ends(next)) return next;
    }
    throw new Error(`${url} was redirected more than ten times.`);
  }

  #send(method: string, url: string, body?: string): Promise<Answer> {
    const { origin, pathname } = new URL(url);
    const cookie = this.#cookieHeader(pathname);
    const form = { 'content-type': 'application/x-www-form-urlencoded', origin };
    const headers = body === undefined ? { cookie } : { cookie, ...form };
    return new Promise((resolve, reject) => {
      const sent = request(url, { agent, method, headers }, (response) => {
        for (const line of response.headers['set-cookie'] ?? []) this.#remember(line);
        resolve(answerOf(response));
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  #cookieHeader(pathname: string): string {
    const matching = [...this.#cookies].filter(([, { path }]) => pathname.startsWith(path));
    return matching.map(([key, { value }]) => `${key.split(' ')[0]}=${value}`).join('; ');
  }

  #remember(line: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    const [name = '', value = ''] = splitOnce(pair);
    const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice('path='.length) ?? '/';
    this.#cookies.set(`${name} ${path}`, { value, path });
  }
}

async function answerOf(response: IncomingMessage): Promise<Answer> {
  const { location } = response.headers;
  return { status: response.statusCode ?? 0, body: await text(response), location };
}

function splitOnce(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return [pair.slice(0, at), pair.slice(at + 1)];
}
