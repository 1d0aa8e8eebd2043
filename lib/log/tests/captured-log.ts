import { writeLogTo } from '../log.ts';

/** A line of the log as JSON has it. */
export interface LogLine {
  level: string;
  message: string;
  error?: { name: string; message: string };
  [name: string]: unknown;
}

/** What is logged from now on, line by line, instead of being written; `end` gives it back to the settings. */
export function captureLog(): { lines: LogLine[]; text: () => string; end: () => void } {
  const lines: LogLine[] = [];
  const written: string[] = [];
  writeLogTo({
    write(json) {
      written.push(json);
      lines.push(JSON.parse(json) as LogLine);
    },
  });
  return { lines, text: () => written.join(''), end: () => writeLogTo(undefined) };
}
