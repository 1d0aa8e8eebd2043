/** A file of docs/decisions, by its name and its first line. */
export interface DecisionFile {
  name: string;
  title: string;
}

/** What is wrong with an index of decisions: decisions that it leaves out, names otherwise, or has no sentence for. */
export function indexIssues(index: string, files: readonly DecisionFile[]): string[] {
  const entries = new Map(
    [...index.matchAll(/^(\d+)\. \[(.+)\]\((\d{4}-[\w-]+\.md)\): (\S.*\.)$/gm)].map(([, number, title, name = '']) => [
      name,
      `# ${number}. ${title}`,
    ]),
  );
  const issues = files
    .filter(({ name, title }) => entries.get(name) !== title)
    .map(({ name, title }) => `${name} is "${title}", and the index has ${entries.get(name) ?? 'no line for it'}`);
  const there = new Set(files.map(({ name }) => name));
  const gone = [...entries.keys()].filter((name) => !there.has(name)).map((name) => `${name} is no decision`);
  return [...issues, ...gone];
}
