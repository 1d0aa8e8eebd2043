import { Browser, tokensFor } from '#lib/authorization-server/tests/browser.ts';
import { appUri, makeLaunch, type SandboxFixture } from '#lib/authorization-server/tests/sandbox-fixture.ts';
import { fhirBaseOf } from '#lib/env.ts';
import type { OtherProcess } from './other-process.ts';

/** A sandbox, one of its apps and users, and the process in which things are tried. */
export interface World {
  sandbox: SandboxFixture;
  there: OtherProcess;
  clientId: string;
  userId: string;
  patient: string;
  /** Of an app that registered itself. */
  registrationToken?: string;
}

/** Tries something once, on the other process; whether it works. */
type Attempt = () => Promise<boolean>;

/** Gets hold of something in this process that rests on what may be taken away. */
export type Hold = (world: World) => Promise<Attempt>;

/** The context of a launch. */
export const parameters = ({ patient }: World) => ({ patient });
/** A launch of the app for the user and patient. */
export const launched = async (world: World, more: object = {}) =>
  makeLaunch(world.sandbox, world.clientId, { ...parameters(world), ...more }, world.userId);
/** A browser in which the user is signed in. */
export const browserOf = ({ sandbox, userId }: World) => new Browser(sandbox, userId);
/** The tokens of an authorization of the app. */
export const token = async (world: World, more: object = {}) =>
  tokensFor(browserOf(world), world.clientId, { launch: await launched(world, more) });

/** Whether a bearer may read its patient on the other process. */
export async function reads({ there, sandbox, patient }: World, bearer: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${bearer}` };
  const request = new Request(`${fhirBaseOf(sandbox.slug)}/Patient/${patient}`, { headers });
  return (await there.answerFhir(request, sandbox.slug)).status === 200;
}

/** Whether the token endpoint of the other process gives something for these fields. */
export const posts = async ({ there, sandbox }: World, fields: Record<string, string>) =>
  (await there.post(sandbox, 'token', fields)).status === 200;

/** Whether the visit ends at the app, with a code. */
export function arrives(response: Response): boolean {
  const location = response.headers.get('location') ?? '';
  return location.startsWith(appUri) && new URL(location).searchParams.has('code');
}

/** The same browser, which is answered by the other process. */
export function across({ there }: World, browser: Browser) {
  const other = new there.Browser(browser.sandbox, browser.userId);
  for (const [key, value] of browser.cookies) other.cookies.set(key, value);
  for (const [user, session] of browser.sessions) other.sessions.set(user, session);
  return other;
}
