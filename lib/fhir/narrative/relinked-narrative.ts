import { narrativeProblem } from './narrative.ts';
import { readNarrative } from './parser.ts';

/**
 * A sound narrative in which `relink` has replaced the addresses of its href and src attributes. Nothing else changes,
 * not even the quotes. It stays as it is when it would not be sound any more.
 * @see https://hl7.org/fhir/R4/http.html#trules
 */
export function relinkedNarrative(div: string, relink: (link: string) => string): string {
  if (!/href|src/.test(div)) return div;
  const texts: string[] = [];
  let kept = 0;
  const problem = readNarrative(div, {
    attribute: ({ name, value, begin, end }) => {
      const linked = name === 'href' || name === 'src' ? relink(value) : value;
      if (linked === value) return undefined;
      texts.push(div.slice(kept, begin), escaped(linked));
      kept = end;
      return undefined;
    },
  });
  if (problem !== undefined || kept === 0) return div;
  const relinked = texts.join('') + div.slice(kept);
  return narrativeProblem(relinked) === undefined ? relinked : div;
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
