import type { Permission } from './permission.ts';

/** The sandbox whose resources are read, and the permission of whoever reads them. */
export interface Reader {
  sandboxId: number;
  permission: Permission;
}
