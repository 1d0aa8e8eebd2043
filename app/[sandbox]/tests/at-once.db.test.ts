/**
 * Sends every server action on disk four times at the same moment, as a double click, a second tab or an attacker does.
 * None of them fails, and what can be made or taken once is made or taken once.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { matchesClientSecret } from '#lib/data/client/secrets.ts';
import { database } from '#lib/data/database/database.ts';
import { argumentsOf, calledActions, calls, ofOrigin, preparations } from './action-calls.ts';
import { forgetCookies, formOf, signInAs } from './action-request.ts';
import { type Entrance, findEntrances } from './entrances.ts';
import { fieldsNaming, type Holdings, makeHoldings } from './holdings.ts';

let held: Holdings;

beforeEach(async () => {
  held = await makeHoldings();
  forgetCookies();
});

type State = { errors?: unknown; formError?: string; clientSecret?: string; registered?: unknown; added?: unknown };

/** What an action answered: its state, or what it threw for Next. Everything else that is thrown is a failure. */
async function outcome(call: () => unknown): Promise<State | string | undefined> {
  try {
    return (await call()) as State | undefined;
  } catch (thrown) {
    const { digest = '' } = thrown as { digest?: string };
    if (/^NEXT_(REDIRECT|HTTP_ERROR_FALLBACK);/.test(digest)) return digest;
    throw thrown;
  }
}

const actions = calledActions(await findEntrances('actions'));
const ofSandbox = actions.filter(({ name }) => !ofOrigin[name] && !calls.has(name));

const four = (call: (index: number) => unknown) => Promise.all([0, 1, 2, 3].map((index) => outcome(() => call(index))));

const send = (name: string, action: Entrance['exports'][string], change: Record<string, string> = {}) =>
  four(() => {
    const given = argumentsOf(name, action.length, held.slug, held);
    const form = given.at(-1);
    if (form instanceof FormData) for (const [field, value] of Object.entries(change)) form.set(field, value);
    return action(...(given as never[]));
  });

function actionOf(name: string): Entrance['exports'][string] {
  const found = actions.find((one) => one.name === name);
  if (!found) throw new Error(`There is no action ${name}.`);
  return found.action;
}

it.each(ofSandbox)('$name of $file, four times at once, fails for nobody', async ({ file, name, action }) => {
  await preparations[name]?.(held.id);
  await signInAs(file.includes('/admin/') ? held.users.admin : held.users.chen);
  const answers = await send(name, action);
  expect(answers).toHaveLength(4);
});

const states = (answers: (State | string | undefined)[]) =>
  answers.filter((answer): answer is State => typeof answer === 'object');

describe('of four at once, one wins', () => {
  beforeEach(() => signInAs(held.users.admin));
  const where = () => ({ sandboxId: held.id });

  it('an app is registered once under an id, and the others are told', async () => {
    const answers = states(await send('registerApp', actionOf('registerApp')));
    expect(answers.filter(({ registered }) => registered)).toHaveLength(1);
    expect(await database().client.count({ where: { ...where(), clientId: 'another-app' } })).toBe(1);
  });

  it('of the secrets that are shown, one works; who came too late is told', async () => {
    const answers = states(await send('replaceSecret', actionOf('replaceSecret')));
    const { clientSecretHash } = await database().client.findFirstOrThrow({ where: where() });
    const shown = answers.flatMap(({ clientSecret }) => clientSecret ?? []);
    const working = await Promise.all(shown.map((secret) => matchesClientSecret(secret, clientSecretHash ?? '')));
    expect(working.filter(Boolean)).toHaveLength(1);
    const late = answers.filter(({ formError }) => formError?.includes('replaced just now'));
    expect(shown.length + late.length).toBe(4);
  });

  it('an app that begins to prove itself by a secret is told one', async () => {
    const clientId = { clientId: held.clientId };
    await database().client.updateMany({ where: { ...where(), ...clientId }, data: { type: 'public' } });
    const answers = states(await send('changeApp', actionOf('changeApp'), { type: 'secret' }));
    expect(answers.filter(({ registered }) => registered)).toHaveLength(1);
  });

  it('an account is made once under a name', async () => {
    const answers = states(await send('addMember', actionOf('addMember'), { account: 'new', username: 'new-one' }));
    expect([answers.filter(({ added }) => added), answers.filter(({ errors }) => errors)]).toMatchObject([
      [{}],
      [{}, {}, {}],
    ]);
  });

  it('a sandbox is made once under an address', async () => {
    const slug = `${held.slug}-new`;
    const answers = await four(() => {
      const form = formOf({ ...fieldsNaming(held), slug });
      return actionOf('makeSandbox')(...([{}, form] as never[]));
    });
    expect(answers.filter((answer) => typeof answer === 'string')).toHaveLength(1);
    expect(states(answers).map(({ errors }) => errors)).toEqual(
      Array(3).fill({ slug: [expect.stringContaining('already')] }),
    );
    expect(await database().sandbox.count({ where: { slug } })).toBe(1);
  });

  it.each(['accept', 'decline'])('an invitation is answered once: %s', async (answer) => {
    const userId = held.users.stranger;
    const { username } = await database().user.findUniqueOrThrow({ where: { id: userId } });
    await database().invitation.create({ data: { ...where(), username, userId, role: 'clinician', invitedBy: 'Ada' } });
    await signInAs(held.users.stranger);
    await four((index) => {
      // At the same moment, one is declined and the others accepted, or the other way round.
      const said = index === 3 ? (answer === 'accept' ? 'decline' : 'accept') : answer;
      return actionOf('answerOwnInvitation')(...([formOf({ sandbox_id: String(held.id), answer: said })] as never[]));
    });
    expect(await database().invitation.count({ where: { username } })).toBe(0);
    expect(await database().membership.count({ where: { userId: held.users.stranger } })).toBeLessThanOrEqual(1);
  });

  it('what belongs to an app is not made while the app is removed', async () => {
    const remove = () =>
      outcome(() => actionOf('removeApp')(...(argumentsOf('removeApp', 2, held.slug, held) as never[])));
    const make = () =>
      outcome(() => actionOf('makeScenario')(...(argumentsOf('makeScenario', 3, held.slug, held) as never[])));
    await Promise.all([make(), remove(), make(), remove()]);
    expect(await database().launchScenario.count({ where: { ...where(), clientId: held.clientId } })).toBe(0);
  });
});
