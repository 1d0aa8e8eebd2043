const maxDepth = 20;

/**
 * The reason why a parsed JSON value cannot be stored, in words that follow its name; undefined when it can. The
 * database's JSON can hold neither a NUL nor half of a surrogate pair, and deep nesting would exhaust its stack.
 */
export function issueOfJson(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return issueOfText(value);
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth >= maxDepth) return `is nested deeper than ${maxDepth} levels`;
  for (const [name, member] of Object.entries(value)) {
    const issue = issueOfText(name) ?? issueOfJson(member, depth + 1);
    if (issue) return issue;
  }
  return undefined;
}

/** The issue of a string with characters that the database cannot hold. */
const notText = 'holds characters that are not text';

/** Tells whether the database can hold `text`, in any column. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** What the database can hold of `text`, for sentences of ours that may quote what somebody sent. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

/** A value as JSON text whose strings the database can hold. */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) => (typeof member === 'string' ? storableText(member) : member));
}

function issueOfText(text: string): string | undefined {
  return isStorable(text) ? undefined : notText;
}
