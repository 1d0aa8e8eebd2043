export interface ProgressBar {
  /** Shows progress. @param done in the unit of the total @param resources number so far */
  show(done: number, resources: number): void;
  end(): void;
}

const width = 30;

/** A progress line: overwritten on a terminal; in a log, one line for each tenth of the total. */
export function progressBar(total: number, output: NodeJS.WriteStream = process.stdout): ProgressBar {
  const began = performance.now();
  let shownAt = 0;
  let tenths = 0;
  let last = '';
  const line = (done: number, resources: number) => {
    const share = total > 0 ? Math.min(1, done / total) : 1;
    const seconds = (performance.now() - began) / 1000;
    const rate = Math.round(resources / Math.max(seconds, 0.001));
    const left = share > 0 ? Math.round((seconds * (1 - share)) / share) : 0;
    const bar = '█'.repeat(Math.round(share * width)).padEnd(width, '·');
    const percent = `${Math.floor(share * 100)} %`.padStart(5);
    return { share, text: `${bar} ${percent}  ${resources} resources, ${rate}/s, ${left} s left` };
  };
  return {
    show(done, resources) {
      const { share, text } = line(done, resources);
      last = text;
      if (output.isTTY && performance.now() - shownAt > 100) {
        shownAt = performance.now();
        output.write(`\r\u001b[K  ${text}`);
      }
      if (!output.isTTY && Math.floor(share * 10) > tenths) {
        tenths = Math.floor(share * 10);
        output.write(`  ${text}\n`);
      }
    },
    end() {
      if (output.isTTY && last) output.write(`\r\u001b[K  ${last}\n`);
    },
  };
}
