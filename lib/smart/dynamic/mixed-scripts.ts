/**
 * Scripts that are written together, as Unicode's level "highly restrictive" has them: Japanese, Korean and Chinese with
 * Latin letters.
 * @see https://www.unicode.org/reports/tr39/#Restriction_Level_Detection
 */
const together = [
  ['Latin', 'Han', 'Hiragana', 'Katakana'],
  ['Latin', 'Han', 'Hangul'],
  ['Latin', 'Han', 'Bopomofo'],
];

/** Scripts in everyday use, each of which is written alone. @see https://www.unicode.org/reports/tr31/#Table_Recommended_Scripts */
const alone = (
  'Arabic Armenian Bengali Cyrillic Devanagari Ethiopic Georgian Greek Gujarati Gurmukhi Hebrew Kannada Khmer Lao ' +
  'Malayalam Myanmar Oriya Sinhala Tamil Telugu Thaana Thai Tibetan'
).split(' ');

const groups = [...together, ...alone.map((script) => [script])].map((scripts) => ({
  scripts,
  // Digits, marks and pictures are everybody's.
  others: new RegExp(`[^${[...scripts, 'Common', 'Inherited'].map((script) => `\\p{scx=${script}}`).join('')}]`, 'gu'),
}));

/**
 * What is wrong with a name whose letters are of scripts that are not written together, as letters that look alike are, in
 * words that follow its name; undefined when nothing is. A name all in letters of another script may still look like one
 * in Latin letters.
 */
export function issueOfScripts(text: string): string | undefined {
  const stands = [...text].find(standsForAnother);
  if (stands) return `must not contain ${codeOf(stands)}, which stands for ${stands.normalize('NFKC')}`;
  const fits = groups.map(({ scripts, others }) => ({ scripts, strange: text.match(others) ?? [] }));
  const [best] = fits.sort((one, other) => one.strange.length - other.strange.length);
  if (!best || best.strange.length === 0) return undefined;
  const strange = [...new Set(best.strange)].slice(0, 5).map(described);
  return `must not mix scripts, whose letters may look alike: ${strange.join(', ')} among letters of ${best.scripts[0]}`;
}

const named = [...new Set(groups.flatMap(({ scripts }) => scripts))].map(
  (script) => [script, new RegExp(`\\p{Script=${script}}`, 'u')] as const,
);

/** Characters that Unicode has for ones of ASCII, and that names are written with all the same. */
const customary = /[\p{No}\p{Zs}™℠ªº№…]/u;

/** Whether a character is another way to write letters or signs of ASCII, such as a mathematical A. */
function standsForAnother(character: string): boolean {
  return character > '\x7f' && !customary.test(character) && /^[\x21-\x7e]+$/.test(character.normalize('NFKC'));
}

/** A character as it can be looked up: the letter itself looks like another. */
function described(character: string): string {
  const [script] = named.find(([, letters]) => letters.test(character)) ?? ['a script in little use'];
  return `${codeOf(character)} (${script})`;
}

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
