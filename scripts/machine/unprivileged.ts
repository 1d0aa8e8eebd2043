/** The user to run as when we are root, which PostgreSQL and PgBouncer refuse: nobody. */
export function unprivileged(): { uid: number; gid: number } | undefined {
  return process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined;
}
