import { type Members, membersOf } from '../definition/members-of-type.ts';
import { numberTextsOf } from '../json/number-text.ts';
import { narrativeProblem } from '../narrative/narrative.ts';
import { expressionOf } from '../place.ts';
import { error, type ResourceIssue } from './resource-issue.ts';

/** The current place, mutated during the visit; it becomes text only when an issue is found there. */
type Here = [root: string, ...steps: (string | number)[]];

/**
 * Issues in the members of a resource's objects, at every depth, that the structural validator misses: values of two
 * types for one element, an integer written with a decimal point, and a narrative that may do something. Expects a
 * resource without deep nesting.
 * @see https://hl7.org/fhir/R4/formats.html#choice
 */
export function memberIssues(resource: object, type: string): ResourceIssue[] {
  const issues: ResourceIssue[] = [];
  visit(resource, type, [type], issues);
  return issues;
}

function visit(value: unknown, type: string, place: Here, issues: ResourceIssue[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) visitItems(value, type, place, issues);
  else visitMembers(value as Record<string, unknown>, type, place, issues);
}

function visitItems(list: unknown[], type: string, place: Here, issues: ResourceIssue[]): void {
  for (let index = 0; index < list.length; index++) visitAt(index, list[index], type, place, issues);
  issues.push(...writtenAsDecimals(list, () => type, place));
}

function visitAt(step: string | number, value: unknown, type: string, place: Here, issues: ResourceIssue[]): void {
  if (type === 'xhtml') issues.push(...narrativeIssues(value, [...place, step]));
  if (typeof value !== 'object') return;
  place.push(step);
  visit(value, type, place, issues);
  place.pop();
}

function visitMembers(holder: Record<string, unknown>, type: string, place: Here, issues: ResourceIssue[]): void {
  const members = membersOf(type === 'Resource' ? String(holder.resourceType) : type);
  let chosen = 0;
  for (const name of Object.keys(holder)) {
    const member = members.get(name);
    if (member?.choice) chosen++;
    if (member) visitAt(name, holder[name], member.type, place, issues);
  }
  if (chosen > 1) issues.push(...ambiguities(holder, members, place));
  issues.push(...writtenAsDecimals(holder, (name) => members.get(name)?.type, place));
}

/** @see https://hl7.org/fhir/R4/narrative-definitions.html#Narrative.div */
function narrativeIssues(div: unknown, place: Here): ResourceIssue[] {
  const problem = typeof div === 'string' ? narrativeProblem(div) : undefined;
  return problem ? [error(expressionOf(place), `The narrative is refused: ${problem}`)] : [];
}

/**
 * Issues for elements to which `holder` gives values of several types. A primitive and its `_` companion count as one
 * value.
 */
function ambiguities(holder: object, members: Members, place: Here): ResourceIssue[] {
  const chosen = Object.keys(holder).flatMap((name) => {
    const choice = members.get(name)?.choice;
    return choice ? { name, ...choice } : [];
  });
  return [...Map.groupBy(chosen, ({ element }) => element)].flatMap(([element, values]) => {
    if (new Set(values.map(({ type }) => type)).size < 2) return [];
    const names = values.map(({ name }) => name).join(', ');
    return error(`${expressionOf(place)}.${element}`, `One value of one type is allowed, and there are ${names}`);
  });
}

const integers = ['integer', 'positiveInt', 'unsignedInt'];

/**
 * Issues for integers written as decimals. Parsing hides them, for JSON has no integers: `1.0` is read as 1.
 * @see https://hl7.org/fhir/R4/datatypes.html#integer
 */
function writtenAsDecimals(holder: object, typeOf: (name: string) => string | undefined, place: Here): ResourceIssue[] {
  const texts = numberTextsOf(holder);
  if (!texts) return [];
  return [...texts].flatMap(([name, text]) => {
    const type = typeOf(name) ?? '';
    if (!integers.includes(type)) return [];
    const expression = expressionOf([...place, Array.isArray(holder) ? Number(name) : name]);
    return error(expression, `${text} is written as a decimal, and this is of the type ${type}`);
  });
}
