import { env } from '#lib/env.ts';
import { answerInteraction } from '../interaction/answer-interaction.ts';
import { type InteractionView, viewInteraction } from '../interaction/interaction-view.ts';
import { authorizeUrl, Browser } from './browser.ts';
import type { SandboxFixture } from './sandbox-fixture.ts';

type Fields = Record<string, string> | [string, string][];

/** A visit to a page of the authorization server, and the browser that is there. */
export class Visit {
  readonly browser: Browser;
  uid = '';

  constructor(browser: Browser) {
    this.browser = browser;
  }

  /** A new browser with this user signed in, or nobody. */
  static by(sandbox: SandboxFixture, userId?: string): Visit {
    return new Visit(new Browser(sandbox, userId));
  }

  get sandbox(): SandboxFixture {
    return this.browser.sandbox;
  }

  get page(): string {
    return `/${this.sandbox.slug}/oauth/interaction/${this.uid}`;
  }

  /** Opens the app; the authorization must lead to a page that asks something. */
  async start(clientId: string, parameters: Record<string, string | undefined> = {}): Promise<this> {
    return this.arrive(await this.browser.visit(authorizeUrl(this.sandbox, clientId, parameters)));
  }

  arrive(response: Response): this {
    const location = response.headers.get('location') ?? '';
    const [, uid] = /\/oauth\/interaction\/([^/?]+)$/.exec(location) ?? [];
    if (!uid) throw new Error(`No interaction, but ${response.status} ${location}`);
    this.uid = uid;
    return this;
  }

  async view(search = ''): Promise<InteractionView> {
    const { uid } = this;
    const cookie = this.browser.cookieHeader(this.page);
    const session = await this.browser.session();
    return viewInteraction({ slug: this.sandbox.slug, uid, cookie, session, search });
  }

  /** Posts a step's form; answers where the browser is sent. */
  async say(step: string, fields: Fields = {}, headers: Record<string, string> = {}): Promise<string> {
    const request = new Request(`${env().origin}${this.page}/${step}`, {
      ...(step === 'sign-in' ? {} : { method: 'POST', body: new URLSearchParams(fields) }),
      headers: { cookie: this.browser.cookieHeader(this.page), origin: env().origin, ...headers },
    });
    const at = { slug: this.sandbox.slug, uid: this.uid, step };
    const response = await answerInteraction(request, at, () => this.browser.session());
    return response.headers.get('location') ?? '';
  }

  /** Posts a step's form and follows to where the request goes on. */
  async answer(step: string, fields: Fields = {}): Promise<Response> {
    const location = await this.say(step, fields);
    if (!location.includes('/oauth/authorize/')) throw new Error(`The request does not go on, but to ${location}`);
    return this.browser.visit(location);
  }
}

/** The form fields of ticked scopes. */
export function ticked(...scopes: string[]): [string, string][] {
  return scopes.map((scope) => ['scope', scope]);
}
