import { globSync, readFileSync } from 'node:fs';

/** A Markdown file that people read to learn about this project. */
export interface Paper {
  /** Its path from the root of the project. */
  file: string;
  text: string;
}

/** A piece of code that stands by itself in a paper. */
export interface Block {
  /** What its fence names, such as `json`; empty where it names nothing, and for indented code. */
  language: string;
  text: string;
}

/** Every paper of the project. */
export function readPapers(): Paper[] {
  const files = ['README.md', 'ARCHITECTURE.md', ...globSync('docs/**/*.md').sort()];
  return files.map((file) => ({ file, text: readFileSync(file, 'utf8') }));
}

const fenced = /^( *)```([\w-]*)\n([\s\S]*?)\n\1```$/gm;

/** The fenced blocks of a paper in their order, without the indentation of the list in which they stand. */
export function blocksOf({ text }: Paper): Block[] {
  return [...text.matchAll(fenced)].map(([, indent = '', language = '', inside = '']) => ({
    language,
    text: inside.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }));
}

/** A paper's text without its fenced blocks. */
export function proseOf({ text }: Paper): string {
  return text.replaceAll(fenced, '');
}

/** What stands between backticks in the prose of a paper. */
export function codeSpansOf(paper: Paper): string[] {
  return [...proseOf(paper).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
}

/** Everything in a paper that is written as code, one piece of code to an entry. */
export function codeOf(paper: Paper): string[] {
  const indented = [...proseOf(paper).matchAll(/^ {4}(.+)$/gm)].map(([, line = '']) => line);
  return [...codeSpansOf(paper), ...indented, ...blocksOf(paper).map(({ text }) => text)];
}
