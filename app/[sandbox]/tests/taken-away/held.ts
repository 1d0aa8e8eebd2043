import { answerOauth } from '#lib/authorization-server/answer-oauth.ts';
import { answerToApp, authorizeUrl, exchangeFields } from '#lib/authorization-server/tests/browser.ts';
import { type AppKey, askToken, sign } from '#lib/authorization-server/tests/key-client.ts';
import { appUri } from '#lib/authorization-server/tests/sandbox-fixture.ts';
import { ticked, Visit } from '#lib/authorization-server/tests/visit.ts';
import { database } from '#lib/data/database/database.ts';
import { rememberConsent } from '#lib/data/token/consents.ts';
import { env } from '#lib/env.ts';
import { across, arrives, browserOf, type Hold, launched, posts, reads, token, type World } from './world.ts';

export const accessToken: Hold = async (world) => {
  const { access_token } = await token(world);
  return () => reads(world, access_token);
};

export const refreshToken: Hold = async (world) => {
  const { refresh_token } = await token(world);
  return () => posts(world, { grant_type: 'refresh_token', refresh_token, client_id: world.clientId });
};

export const code: Hold = async (world) => {
  const url = authorizeUrl(world.sandbox, world.clientId, { launch: await launched(world) });
  const { code: value = '' } = answerToApp(await browserOf(world).visit(url));
  return () => posts(world, exchangeFields(world.clientId, value));
};

export const launch: Hold = async (world) => {
  const url = authorizeUrl(world.sandbox, world.clientId, { launch: await launched(world) });
  return async () => arrives(await across(world, browserOf(world)).visit(url));
};

/** Makes the app one whose users are asked. */
const distrust = ({ sandbox, clientId }: World) =>
  database().client.updateMany({ where: { sandboxId: sandbox.id, clientId }, data: { trusted: false } });

/** The page on which a user is asked, of an app that is not trusted. It is answered on the other process. */
export const consentPage: Hold = async (world) => {
  await distrust(world);
  const visit = await Visit.by(world.sandbox, world.userId).start(world.clientId, {
    scope: 'launch openid patient/*.rs',
    launch: await launched(world),
  });
  const other = new world.there.Visit(across(world, visit.browser));
  other.uid = visit.uid;
  return async () => {
    const next = await other.say('consent', ticked('launch', 'openid', 'patient/*.rs'));
    return next.includes('/oauth/authorize/') && arrives(await other.browser.visit(next));
  };
};

export const rememberedConsent: Hold = async (world) => {
  await distrust(world);
  const scopes = ['openid', 'user/*.rs'];
  const key = { sandboxId: world.sandbox.id, userId: world.userId, clientId: world.clientId };
  await rememberConsent(key, { allowed: scopes, declined: [] });
  return async () => {
    const url = authorizeUrl(world.sandbox, world.clientId, { scope: scopes.join(' ') });
    return arrives(await across(world, browserOf(world)).visit(url));
  };
};

const register = (world: World, more: RequestInit, path = '') =>
  new Request(`${env().origin}/${world.sandbox.slug}/oauth/register${path}`, more);
const body = JSON.stringify({ redirect_uris: [appUri], client_name: 'Self-made', scope: 'openid patient/*.rs' });
const asJson = { 'content-type': 'application/json' };

/** An app that registers itself, in a sandbox that lets anybody. */
export async function selfMade(world: Omit<World, 'clientId'>): Promise<World> {
  const { slug } = world.sandbox;
  const request = register({ ...world, clientId: '' }, { method: 'POST', body, headers: asJson });
  const made = await answerOauth(request, slug, async () => undefined);
  const { client_id: clientId, registration_access_token: registrationToken } = await made.json();
  return { ...world, clientId, registrationToken };
}

/** The registration access token of an app that registered itself. */
export const registrationToken: Hold = async (world) => {
  const headers = { authorization: `Bearer ${world.registrationToken}` };
  return async () => {
    const request = register(world, { headers }, `/${world.clientId}`);
    return (await world.there.answerOauth(request, world.sandbox.slug, async () => undefined)).ok;
  };
};

/** An initial access token, with which an app registers itself. */
export const initialAccess =
  (value: () => string): Hold =>
  async (world) => {
    const headers = { ...asJson, authorization: `Bearer ${value()}` };
    return async () => {
      const request = register(world, { method: 'POST', body, headers });
      return (await world.there.answerOauth(request, world.sandbox.slug, async () => undefined)).ok;
    };
  };

/** A proof by a key of the app, for a token of its own. */
export const assertion =
  (key: () => AppKey): Hold =>
  async (world) => {
    return async () => posts(world, askToken(await sign(world.sandbox, world.clientId, key())));
  };

export const serviceToken =
  (key: () => AppKey): Hold =>
  async (world) => {
    const request = new Request(`${env().origin}/${world.sandbox.slug}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams(askToken(await sign(world.sandbox, world.clientId, key()))),
    });
    const answer = await answerOauth(request, world.sandbox.slug, async () => undefined);
    const { access_token } = await answer.json();
    return () => reads(world, access_token);
  };

/** The encounter that the tokens of a grant name. */
export const encounterContext: Hold = async (world) => {
  const { refresh_token } = await token(world, { encounter: 'visit' });
  const fields = { grant_type: 'refresh_token', refresh_token, client_id: world.clientId };
  return async () => (await (await world.there.post(world.sandbox, 'token', fields)).json()).encounter === 'visit';
};

export const encounterLaunch: Hold = async (world) => {
  const url = authorizeUrl(world.sandbox, world.clientId, { launch: await launched(world, { encounter: 'visit' }) });
  return async () => arrives(await across(world, browserOf(world)).visit(url));
};
