import { type CardSubject, keepCards } from '#lib/data/cds/cards.ts';
import { type CdsService, noteCdsCall } from '#lib/data/cds/services.ts';
import { ownOrigins } from '#lib/env.ts';
import { log } from '#lib/log/log.ts';
import { callEndpoint, DataMissing, patience, ServiceError } from './call.ts';
import type { Card } from './card.ts';
import { readCards } from './cards.ts';
import type { Firing } from './firing.ts';
import { requestFor } from './request.ts';
import { serviceEndpoint } from './service-address.ts';

/** The advice of one service; `problems` and `withheld` are shown to people who build services. */
export interface Advice {
  cards: { id: string; card: Card }[];
  /** One sentence per malformed card. */
  problems: string[];
  /** Number of changes the service wanted made without asking; they are never made. */
  systemActions: number;
  /** Prefetch keys that the service was not given. */
  withheld: string[];
}

/** Calls one service and stores the cards it returns. Never throws: failures become a sentence. */
export async function askService(firing: Firing, service: CdsService): Promise<Advice | { problem: string }> {
  const at = new Date();
  const answer = await ask(firing, service, at.getTime() + patience).catch((thrown: unknown) => {
    if (thrown instanceof ServiceError) return { problem: thrown.message };
    log.error('A CDS service could not be asked.', { service: service.serviceId, error: thrown });
    return { problem: 'could not be asked' };
  });
  const outcome = 'problem' in answer ? answer.problem : outcomeOf(answer);
  noteCdsCall(firing.member.sandbox.id, service.id, { at, millis: Date.now() - at.getTime(), outcome });
  return answer;
}

async function ask(firing: Firing, service: CdsService, deadline: number): Promise<Advice | { problem: string }> {
  const { sandbox } = firing.member;
  const { request, withheld } = await requestFor(firing, service);
  const endpoint = serviceEndpoint(service, ownOrigins());
  const answer = await callEndpoint(sandbox, endpoint, request, deadline).catch((thrown: unknown) => {
    throw withReason(thrown, withheld);
  });
  const read = readCards(answer);
  if ('problem' in read) return read;
  const ids = await keepCards(subjectOf(firing, service), read.cards);
  return {
    cards: read.cards.map((card, index) => ({ id: ids[index] ?? '', card })),
    problems: read.problems,
    systemActions: read.systemActions.length,
    withheld,
  };
}

/** Adds the withheld prefetch keys to the error of a service that lacked data. */
function withReason(thrown: unknown, withheld: string[]): unknown {
  if (!(thrown instanceof DataMissing) || withheld.length === 0) return thrown;
  return new DataMissing(`${thrown.message}; of its prefetch it was not given ${withheld.join(', ')}`);
}

function subjectOf({ member, context, hook, hookInstance, drafts }: Firing, service: CdsService): CardSubject {
  const { patientId, encounterId } = context;
  const whose = { sandboxId: member.sandbox.id, userId: member.user.id, serviceKey: service.id };
  return { ...whose, patientId, encounterId, hook, hookInstance, drafts };
}

function outcomeOf({ cards, problems }: Advice): string {
  const malformed = problems.length > 0 ? `, ${problems.length} malformed` : '';
  return `answered with ${cards.length} ${cards.length === 1 ? 'card' : 'cards'}${malformed}`;
}
