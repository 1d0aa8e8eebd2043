import { type ParseArgsConfig, parseArgs } from 'node:util';

const help = { type: 'boolean', short: 'h' } as const;

type WithHelp<Config extends ParseArgsConfig> = Config & { options: Config['options'] & { help: typeof help } };

/**
 * The arguments of the command that runs. Ends the process with `usage` where they ask for it by --help, and with code
 * 2 where they cannot be understood.
 */
export function readArguments<const Config extends ParseArgsConfig>(usage: string, config: Config) {
  try {
    const read = parseArgs<WithHelp<Config>>({ ...config, options: { ...config.options, help } });
    if ('help' in read.values) endWithUsage(usage, 0);
    return read;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}

/** Ends the process with what the command understands. */
export function endWithUsage(usage: string, code: number): never {
  console.log(usage);
  process.exit(code);
}
