// The server's clock: whoever started this script moves it, on a line that asks for it, and says when that is done.
import { createInterface } from 'node:readline';

export const clock = {
  advance: seconds => new Promise(resolve => {
    const lines = createInterface({ input: process.stdin });
    lines.once('line', () => { lines.close(); resolve(); });
    console.log(`advance ${seconds}`);
  }),
};
