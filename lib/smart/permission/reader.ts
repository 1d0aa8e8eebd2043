import type { Permission } from './permission.ts';

/** Whoever reads resources of a sandbox: where, and how far their permission reaches. */
export interface Reader {
  sandboxId: number;
  permission: Permission;
}
