import type { z } from 'zod';

/** Refuses a list in which two members have the same `name`, at the second of them. */
export function unique<Name extends string>(name: Name) {
  return (list: { [key in Name]?: string }[], context: z.RefinementCtx) => {
    list.forEach((member, index) => {
      const first = list.findIndex((other) => other[name] === member[name]);
      if (first === index) return;
      context.addIssue({ code: 'custom', path: [index, name], message: `is the same as [${first}].${name}` });
    });
  };
}
