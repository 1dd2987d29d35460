// A program that comes with AWS's device SDK, started as it is, with the command line that it asks for.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { HOST, TLS_PORT, CA } = process.env;
const TIME = 60000;

export class Example {
  #process;
  #lines = [];
  #waiting = [];

  constructor(name, { thing, cert, key }, folder) {
    this.#process = spawn(process.execPath, [
      require.resolve(`aws-iot-device-sdk/examples/${name}`),
      '-H', HOST, '-p', TLS_PORT, '-k', key, '-c', cert, '-a', CA, '-i', thing, '-T', thing,
    ], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const output of [this.#process.stdout, this.#process.stderr]) {
      createInterface({ input: output }).on('line', line => this.#take(line));
    }
    this.ended = new Promise(resolve => this.#process.on('exit', resolve));
  }

  // Completes when it has printed a line with that in it.
  says(text) {
    if (this.#lines.some(line => line.includes(text))) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`No line with "${text}", only:\n${this.#lines.join('\n')}`)), TIME);
      this.#waiting.push({ text, heard: () => { clearTimeout(late); resolve(); } });
    });
  }

  // Whatever it had to complain about.
  get errors() {
    return this.#lines.filter(line => /error/i.test(line));
  }

  async end() {
    this.#process.kill();
    await this.ended;
  }

  #take(line) {
    this.#lines.push(line);
    this.#waiting = this.#waiting.filter(({ text, heard }) => !line.includes(text) || heard());
  }
}
