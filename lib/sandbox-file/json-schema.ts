import { z } from 'zod';
import { sandboxFile } from './schema.ts';

/** The JSON Schema of a sandbox file as text, for editors that help people write one. */
export function sandboxFileSchema(): string {
  const schema = z.toJSONSchema(sandboxFile('http://localhost:3000'), { io: 'input' });
  return `${JSON.stringify({ title: 'Sandbox file', ...schema }, null, 2)}\n`;
}
