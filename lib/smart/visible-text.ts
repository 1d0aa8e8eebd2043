import type { z } from 'zod';

/**
 * Characters that are not seen, that look like a space, or that change how the text around them is read: controls,
 * format characters such as those that turn the direction of writing, fillers, tags, private use. The space itself is
 * none of them.
 * @see https://www.unicode.org/reports/tr36/#visual_spoofing
 */
const hidden = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\ufffc]|(?! )\p{Zs}/u;

/** Scripts in which letters join, so that ZWNJ and ZWJ are spelling. */
const joiningScripts = [
  'Arab',
  'Syrc',
  'Mand',
  'Nkoo',
  'Mong',
  'Deva',
  'Beng',
  'Guru',
  'Gujr',
  'Orya',
  'Taml',
  'Telu',
  'Knda',
  'Mlym',
  'Sinh',
  'Khmr',
  'Mymr',
  'Tibt',
];
const letter = `(?=[\\p{L}\\p{M}])[${joiningScripts.map((script) => `\\p{scx=${script}}`).join('')}]`;

/**
 * Hidden characters in the places where they are needed: one ZWNJ or ZWJ after a letter of a script whose letters join,
 * a ZWJ between two pictures that make one, and what says that a picture is drawn in colour.
 * @see https://www.unicode.org/reports/tr31/#Layout_and_Format_Control_Characters
 */
const needed = new RegExp(
  [
    `(?<=${letter})[\\u200c\\u200d]`,
    '(?<=\\p{Extended_Pictographic}\\p{Emoji_Modifier}?\\ufe0f?)\\u200d(?=\\p{Extended_Pictographic})',
    '(?<=\\p{Extended_Pictographic})\\ufe0f',
  ].join('|'),
  'gu',
);

/**
 * What is wrong with a text of one line that people read beside ours, such as a name, in words that follow its name;
 * undefined when it shows what it is.
 */
export function issueOfLine(text: string): string | undefined {
  if (!text.isWellFormed()) return 'holds characters that are not text';
  if (/[\t\n\v\f\r\x85\u2028\u2029]/.test(text)) return 'must be one line of text';
  const [character] = hidden.exec(text.replace(needed, '')) ?? [];
  return character && `must not contain ${nameOf(character)}, which is not seen or is not what it looks like`;
}

/** The same for a text of several lines, such as a description. */
export function issueOfParagraphs(text: string): string | undefined {
  return issueOfLine(text.replaceAll(/[\t\n\r]/g, ' '));
}

/**
 * The rules above as checks of a schema. Their issues follow the name of the field, or make a sentence with a `subject`
 * such as "The name".
 */
export function oneVisibleLine(subject?: string) {
  return check(issueOfLine, subject);
}

/** The check of a text of several lines. */
export function visibleParagraphs(subject?: string) {
  return check(issueOfParagraphs, subject);
}

function check(issueOf: (text: string) => string | undefined, subject?: string) {
  return (text: string, context: z.RefinementCtx) => {
    const issue = issueOf(text);
    if (issue) context.addIssue(subject ? `${subject} ${issue}.` : issue);
  };
}

/**
 * A line from elsewhere that must be shown in any case, without what is hidden in it; every space is a plain one. What
 * is no text stays as it is.
 */
export function visibleLine(text: string): string {
  if (!text.isWellFormed()) return text;
  const shown = text.replaceAll(/[\s\u2028\u2029]/gu, ' ');
  const kept = new Set([...shown.matchAll(needed)].map(({ index }) => index));
  return shown.replaceAll(new RegExp(hidden.source, 'gu'), (character, index: number) =>
    kept.has(index) ? character : '',
  );
}

/** `U+202E`, as people find it in a table of characters. */
function nameOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
