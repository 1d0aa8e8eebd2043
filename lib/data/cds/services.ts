import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { log } from '#lib/log/log.ts';
import { outsideTransaction } from '../database/ambient.ts';
import { database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { cdsClientId } from '../token/cds-client-id.ts';
import { revokeAccess } from '../token/revoke-access.ts';

/** A CDS service as its discovery endpoint describes it, before it is registered; `lib/cds-hooks` reads it. */
interface CdsServiceDescription {
  /** The discovery endpoint without a trailing slash; a path alone means an address on this server. */
  discoveryUrl: string;
  serviceId: string;
  hook: string;
  title: string;
  description: string;
  prefetch: Record<string, string>;
  usage: string;
  scope: string;
}

/** A registered CDS service. */
export interface CdsService extends CdsServiceDescription {
  /** Id of the registration. */
  id: string;
  enabled: boolean;
  /** The last call: when it was, how long it took in milliseconds, and how it ended. */
  lastCall?: { at: Date; millis: number; outcome: string };
}

/** Every CDS service of a sandbox, grouped by discovery endpoint. */
export async function findCdsServices(sandboxId: number): Promise<CdsService[]> {
  const rows = await database().cdsService.findMany({
    where: { sandboxId },
    orderBy: [{ discoveryUrl: 'asc' }, { serviceId: 'asc' }, { hook: 'asc' }],
  });
  return rows.map(toService);
}

/** The enabled services of a sandbox that are called when `hook` fires. */
export async function findServicesOfHook(sandboxId: number, hook: string): Promise<CdsService[]> {
  const where = { sandboxId, hook, enabled: true };
  return (await database().cdsService.findMany({ where, orderBy: [{ title: 'asc' }, { id: 'asc' }] })).map(toService);
}

/** The hooks for which the sandbox has an enabled service. */
export async function findHooksInUse(sandboxId: number): Promise<string[]> {
  const rows = await database().cdsService.findMany({ where: { sandboxId, enabled: true }, distinct: ['hook'] });
  return rows.map(({ hook }) => hook);
}

/**
 * Registers services, switched off and without scopes: what a service asks for, it does not get by asking. One that is
 * registered already gets the new description and keeps its scope and its switch.
 */
export async function registerCdsServices(sandboxId: number, services: Described[]): Promise<void> {
  await inTransaction(async () => {
    for (const described of services) {
      await write(sandboxId, { create: { ...described, scope: '', enabled: false }, update: described });
    }
  });
}

/** Creates or updates a service as a sandbox file describes it. A scope that the file does not say stays as it is. */
export async function applyCdsService(sandboxId: number, service: DefinedCdsService): Promise<void> {
  const { impliedScope, ...said } = service;
  const { scope, ...rest } = said;
  await write(sandboxId, { create: said, update: impliedScope ? rest : said });
}

/** A service of a sandbox file. */
export interface DefinedCdsService extends CdsServiceDescription {
  enabled: boolean;
  /** Whether the file leaves the scope out, so that it follows from the templates. */
  impliedScope?: boolean | undefined;
}

type Described = Omit<CdsServiceDescription, 'scope'>;

/**
 * Ends what hangs on a service: its tokens, and what its cards offer, unless `tokens` alone shall end. A card that is
 * drawn already can be answered no more, and an app that was opened from one and did not arrive is turned away.
 */
async function endAdvice(sandboxId: number, id: string, what: 'all' | 'tokens'): Promise<void> {
  const clientId = cdsClientId(id);
  await revokeAccess(sandboxId, { clientId });
  if (what === 'tokens') return;
  await database().cdsCard.deleteMany({ where: { sandboxId, serviceKey: id } });
  const pending = { sandboxId, createdBy: clientId, usedAt: null, withdrawnAt: null };
  await database().launchContext.updateMany({ where: pending, data: { withdrawnAt: new Date() } });
}

async function write<Values extends Described>(
  sandboxId: number,
  { create, update }: { create: Values & { scope: string }; update: Described },
): Promise<void> {
  const { discoveryUrl, serviceId, hook } = create;
  const where = { sandboxId_discoveryUrl_serviceId_hook: { sandboxId, discoveryUrl, serviceId, hook } };
  const { id, enabled } = await database().cdsService.upsert({ where, create: { sandboxId, ...create }, update });
  if (!enabled) await endAdvice(sandboxId, id, 'all');
}

/**
 * Switches a service on or off, or changes its scope or description; false when the sandbox has no such service. What it
 * was given before ends with a change that takes something away.
 */
export async function changeCdsService(
  sandboxId: number,
  id: string,
  change: Partial<Pick<DefinedCdsService, 'enabled' | 'scope' | 'title' | 'description' | 'prefetch'>>,
): Promise<boolean> {
  return inTransaction(async () => {
    const { count } = await database().cdsService.updateMany({ where: { sandboxId, id }, data: change });
    if (count === 0) return false;
    if (change.enabled === false) await endAdvice(sandboxId, id, 'all');
    else if (change.scope !== undefined) await endAdvice(sandboxId, id, 'tokens');
    return true;
  });
}

/** Removes a service and its cards; its tokens stop working at once. */
export async function removeCdsService(sandboxId: number, id: string): Promise<boolean> {
  return inTransaction(async () => {
    const { count } = await database().cdsService.deleteMany({ where: { sandboxId, id } });
    if (count > 0) await endAdvice(sandboxId, id, 'all');
    return count > 0;
  });
}

/** Records how a call ended. The caller does not wait, and a failure is only logged. */
export function noteCdsCall(sandboxId: number, id: string, call: { at: Date; millis: number; outcome: string }): void {
  const data = { lastCallAt: call.at, lastMillis: call.millis, lastOutcome: call.outcome.slice(0, 300) };
  outsideTransaction(() => database().cdsService.updateMany({ where: { sandboxId, id }, data })).catch((error) =>
    log.error('The state of a CDS service could not be written.', { error }),
  );
}

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof database>['cdsService']['findFirst']>>>;

function toService({
  lastCallAt,
  lastMillis,
  lastOutcome,
  prefetch,
  createdAt: _,
  sandboxId: __,
  ...row
}: Row): CdsService {
  return withoutUndefined({
    ...row,
    // Only what has passed its rules is ever stored, so it needs no second check.
    prefetch: prefetch as Record<string, string>,
    lastCall: lastCallAt ? { at: lastCallAt, millis: lastMillis ?? 0, outcome: lastOutcome ?? '' } : undefined,
  });
}
