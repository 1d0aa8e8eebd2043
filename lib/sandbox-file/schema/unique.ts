import type { z } from 'zod';

/** A check that no two members of a list have the same `name`; it reports the later one. */
export function unique<Name extends string>(name: Name) {
  return (list: { [key in Name]?: string }[], context: z.RefinementCtx) => {
    const seen = new Map<string | undefined, number>();
    list.forEach((member, index) => {
      const first = seen.get(member[name]);
      if (first === undefined) seen.set(member[name], index);
      else context.addIssue({ code: 'custom', path: [index, name], message: `is the same as [${first}].${name}` });
    });
  };
}
