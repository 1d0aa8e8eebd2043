import type { Chance } from '../enforcement/random.ts';
import { bodies } from './bodies.ts';

/** The patients whom each place of a resource names, by position. */
export type Content = string[][];

export const emma = 'E';
export const others = ['B', 'C'];

/** A content whose places name Emma, others or both; the first place, which may be required, always names somebody. */
export function randomContent(chance: Chance, type: string): Content {
  return placesOf(type).map(({ many }, index) => {
    const anybody = () => chance.pick([emma, emma, ...others]);
    if (!many) return index === 0 || chance.happens(0.7) ? [anybody()] : [];
    return [...new Set(chance.some(3, anybody))];
  });
}

/** Often a content that names the same others in the same places, or with one change; sometimes another one. */
export function nearContent(chance: Chance, type: string, before: Content): Content {
  if (chance.happens(0.2)) return placesOf(type).map(() => [emma]);
  if (chance.happens(0.3)) return randomContent(chance, type);
  const at = chance.below(before.length);
  const onlyEmma = [...new Set([...(before[at] ?? []), emma])];
  return before.map((named, index) => {
    if (index !== at) return named;
    if (placesOf(type)[index]?.many) return onlyEmma;
    return named.length === 0 || chance.happens(0.3) ? [emma] : named;
  });
}

export function resourceOf(type: string, content: Content, id?: string): Record<string, unknown> {
  const elements = placesOf(type).map(({ of }, index) =>
    of((content[index] ?? []).map((patient) => ({ reference: `Patient/${patient}` }))),
  );
  return Object.assign({ resourceType: type, ...(id ? { id } : {}) }, bodies[type]?.required, ...elements);
}

function placesOf(type: string) {
  return bodies[type]?.places ?? [];
}

/** Tells whether a resource touches the writer's record at all. */
export function touches(content: Content): boolean {
  return content.flat().includes(emma);
}

function othersIn(content: Content): string {
  const found = content.map((named) => named.filter((patient) => patient !== emma).sort());
  return JSON.stringify(found);
}

/** The obvious rule for what a `patient/` token of Emma's may create, and delete. */
export function isHers(content: Content): boolean {
  return touches(content) && content.flat().every((patient) => patient === emma);
}

/** The obvious rule for what she may change: it is not about somebody else. */
export function isHersToChange(type: string, content: Content): boolean {
  const about = content[bodies[type]?.about ?? 0] ?? [];
  return touches(content) && (about.length === 0 || about.includes(emma));
}

/** The obvious rule for what it may become: everybody else stays where they were. */
export function keepsOthers(before: Content, after: Content): boolean {
  return touches(after) && othersIn(before) === othersIn(after);
}
