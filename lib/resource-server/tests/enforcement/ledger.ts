import { type Made, patientsOf } from './made.ts';

/** One version of a resource; a deletion has what was deleted. */
export interface Version {
  name: string;
  number: number;
  deleted: boolean;
  made: Made;
  /** The patients in whose compartment it lay. */
  patients: string[];
  at: number;
}

/** Everything that was ever stored in a sandbox, kept as simply as possible. */
export class Ledger {
  readonly #versions = new Map<string, Version[]>();
  /** Where references of what is written are looked up: what will be there at the end of a transaction, or here. */
  settled?: Ledger;
  /** Whether references are believed, since they were looked at before. */
  trusting = false;

  /** FHIR base of the sandbox, below which absolute references are its own. */
  readonly base: string;

  constructor(base: string) {
    this.base = base;
  }

  /** Adds a version, unless the content is unchanged and no version is asked for `anew`. */
  put(made: Made, at = Date.now(), anew = false): Version {
    const name = `${made.type}/${made.id}`;
    const before = this.current(name);
    if (!anew && before && !before.deleted && same(before.made.resource, made.resource)) return before;
    const number = (before?.number ?? 0) + 1;
    return this.#add({ name, number, deleted: false, made, patients: patientsOf(made), at });
  }

  delete(name: string, at = Date.now()): void {
    const before = this.current(name);
    if (before && !before.deleted) this.#add({ ...before, number: before.number + 1, deleted: true, at });
  }

  #add(version: Version): Version {
    this.#versions.set(version.name, [...this.history(version.name), version]);
    return version;
  }

  /** The newest version, or its deletion. */
  current(name: string): Version | undefined {
    return this.history(name).at(-1);
  }

  /** Every version of one resource, the oldest first. */
  history(name: string): Version[] {
    return this.#versions.get(name) ?? [];
  }

  everyVersion(): Version[] {
    return [...this.#versions.values()].flat();
  }

  /** The current versions. */
  present(): Version[] {
    return [...this.#versions.values()].flatMap((versions) => versions.at(-1) ?? []).filter(({ deleted }) => !deleted);
  }

  isCurrent(version: Version): boolean {
    return this.current(version.name) === version;
  }

  copy(): Ledger {
    const copied = new Ledger(this.base);
    for (const [name, versions] of this.#versions) copied.#versions.set(name, versions);
    if (this.settled) copied.settled = this.settled;
    copied.trusting = this.trusting;
    return copied;
  }
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The name of a version in comparisons. */
export function label({ name, number }: Version): string {
  return `${name}@${number}`;
}
