import { z } from 'zod';
import { sandboxFile } from './schema.ts';

/** The JSON Schema of sandbox files as text, for editors that help people write them. */
export function sandboxFileSchema(): string {
  const schema = z.toJSONSchema(sandboxFile({ origin: 'http://localhost:3000' }), { io: 'input' });
  return `${JSON.stringify({ title: 'Sandbox file', ...schema }, null, 2)}\n`;
}
