interface Options {
  waiting?: (pid: number) => void;
  maxSilence?: number;
}

export function oneAtATime<T>(file: string, work: () => Promise<T>, options?: Options): Promise<T>;
