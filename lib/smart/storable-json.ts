const maxDepth = 20;

/**
 * What keeps a parsed JSON value from being stored, in words that follow its name; undefined when nothing does.
 * The database's JSON has no NUL and no half of a surrogate pair, and it would fail on arrays in arrays without end.
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

/** What is said of text that is none. */
export const notText = 'holds characters that are not text';

/** Whether the database can hold `text`, in whatever column. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** Whether `text` can be shown in one line: it holds no control characters, and no half of a surrogate pair. */
export function isOneLine(text: string): boolean {
  return !/[\p{Cc}\p{Cs}]/u.test(text);
}

function issueOfText(text: string): string | undefined {
  return isStorable(text) ? undefined : notText;
}
