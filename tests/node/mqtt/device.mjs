// What a device's program does with its connection: asks and is answered, and hears what it is told.
import assert from 'node:assert/strict';
import { clients } from './clients.mjs';

const TIME = 30000;

const within = (promise, what) => {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`${what} did not come`)), TIME); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

export class Device {
  #client;
  #asked = 0;
  #waiting = new Map();
  #heard = new Map();

  constructor(client, thing) {
    this.#client = client;
    this.thing = thing;
    client.on('message', (topic, payload) => this.#take(topic.slice(this.#topic('').length), JSON.parse(payload)));
  }

  static async connect(way, shown) {
    const client = clients[way](shown);
    await within(new Promise((resolve, reject) => client.on('connect', resolve).on('error', reject)), 'The connection');
    const device = new Device(client, shown.thing);
    await device.#subscribe('get/+', 'start-next/+', '+/get/+', '+/update/+', 'notify', 'notify-next');
    return device;
  }

  // What an accepted request answers, but for time and token.
  async ask(request, members = {}) {
    const { verdict, ...answer } = await this.#ask(request, members);
    assert.equal(verdict, 'accepted', `${request}: ${JSON.stringify(answer)}`);
    return answer;
  }

  // The execution's state, where one is told, of a request that is rejected with that code.
  async rejected(code, request, members = {}) {
    const { verdict, ...answer } = await this.#ask(request, members);
    assert.deepEqual([verdict, answer.code], ['rejected', code]);
    assert.ok(answer.message.length > 0);
    return answer.executionState;
  }

  // The next message at one of its thing's topics.
  async hear(topic) {
    const { timestamp, ...told } = await this.#next(topic);
    assert.ok(Number.isInteger(timestamp));
    return told;
  }

  // Ids of what there is to do, by status, as it is told next.
  async hearPending() {
    const { jobs } = await this.hear('notify');
    return Object.fromEntries(Object.entries(jobs).map(([status, some]) => [status, some.map(one => one.jobId)]));
  }

  // Whatever it was told and did not take yet; complete, for answers and notices come in order.
  async left() {
    await this.ask('get');
    return [...this.#heard].filter(([, told]) => told.length > 0).map(([topic]) => topic);
  }

  subscribe(...topics) {
    return this.#subscribe(...topics);
  }

  end() {
    return new Promise(resolve => this.#client.end(false, resolve));
  }

  async #subscribe(...topics) {
    const granted = await within(new Promise((resolve, reject) => this.#client.subscribe(
      topics.map(topic => this.#topic(topic)), { qos: 1 }, (error, granted) => error ? reject(error) : resolve(granted))), 'SUBACK');
    assert.deepEqual(granted.map(one => one.qos), topics.map(() => 1));
  }

  async #ask(request, members) {
    const clientToken = `${this.thing}-${++this.#asked}`;
    const verdict = Promise.any(['accepted', 'rejected'].map(async verdict => {
      const answer = await this.#next(`${request}/${verdict}`, clientToken);
      return { verdict, ...answer };
    }));
    await within(new Promise((resolve, reject) => this.#client.publish(
      this.#topic(request), JSON.stringify({ ...members, clientToken }), { qos: 1 }, error => error ? reject(error) : resolve())), 'PUBACK');
    const { timestamp, clientToken: echoed, ...answer } = await within(verdict, `An answer to ${request}`);
    assert.ok(Number.isInteger(timestamp));
    return answer;
  }

  #topic(rest) {
    return `$aws/things/${this.thing}/jobs/${rest}`;
  }

  #take(topic, message) {
    const at = `${topic} ${message.clientToken ?? ''}`;
    const waiting = this.#waiting.get(at)?.shift();
    if (waiting) waiting(message);
    else this.#heard.set(at, [...(this.#heard.get(at) ?? []), message]);
  }

  #next(topic, clientToken = '') {
    const at = `${topic} ${clientToken}`;
    const heard = this.#heard.get(at)?.shift();
    if (heard) return heard;
    return within(new Promise(resolve => this.#waiting.set(at, [...(this.#waiting.get(at) ?? []), resolve])), `A message at ${topic}`);
  }
}
