import { readFileSync } from 'node:fs';

/** All SHALL and SHALL NOT requirements are listed; of the others, those that this server meets and a test proves. */
const levels = ['SHALL', 'SHALL NOT', 'SHOULD', 'MAY'] as const;
type Level = (typeof levels)[number];

/** A requirement of SMART App Launch 2.2 on servers, in our own words. */
export interface Requirement {
  id: number;
  level: Level;
  /** Page and section of the guide, such as `scopes-and-launch-context.html#wildcard-scopes`. */
  section: string;
  text: string;
}

const header = 'id\tlevel\tsection\trequirement';

/** Reads `docs/conformance/requirements.tsv`. @throws Error that names the malformed line */
export function readRequirements(file = 'docs/conformance/requirements.tsv'): Requirement[] {
  return parseRequirements(readFileSync(file, 'utf8'));
}

/** Reads tab-separated lines below a header. @throws Error that names the malformed line */
export function parseRequirements(text: string): Requirement[] {
  const [first, ...lines] = text.trimEnd().split('\n');
  if (first !== header) throw new Error(`The first line must be: ${header.replaceAll('\t', ' ')}`);
  const requirements = lines.map(parseLine);
  const twice = requirements.find(({ id }, index) => requirements.findIndex((other) => other.id === id) !== index);
  if (twice) throw new Error(`Requirement ${twice.id} stands in the list twice.`);
  return requirements;
}

function parseLine(line: string, index: number): Requirement {
  const [id = '', level, section, text, ...rest] = line.split('\t');
  const known = levels.find((one) => one === level);
  if (!/^\d+$/.test(id) || !known || !section || !text || rest.length > 0) {
    throw new Error(`Line ${index + 2} must hold a number, one of ${levels.join(', ')}, a section and a sentence.`);
  }
  return { id: Number(id), level: known, section, text };
}
