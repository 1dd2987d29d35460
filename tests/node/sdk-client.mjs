// AWS's own SDK, pointed at a server: what the stories and the table of errors share.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

// The packages may lie elsewhere than beside this file: NODE_PATH counts for require only.
const require = createRequire(import.meta.url);
const iotSdk = require('@aws-sdk/client-iot');
const dataSdk = require('@aws-sdk/client-iot-jobs-data-plane');

const { ENDPOINT, DIALECT, REGION } = process.env;

const call = async (client, sdk, name, input = {}) => {
  const { $metadata, ...answer } = await client.send(new sdk[`${name}Command`](input));
  assert.equal($metadata.httpStatusCode, 200);
  assert.ok($metadata.requestId);
  return answer;
};

// Both planes of a server; other options of the clients than these stay what they are by default.
export const connect = options => {
  const both = { maxAttempts: 1, ...options };
  const iot = new iotSdk.IoTClient(both);
  const data = new dataSdk.IoTJobsDataPlaneClient(both);
  return {
    control: (name, input) => call(iot, iotSdk, name, input),
    device: (name, input) => call(data, dataSdk, name, input),
    // Every item of a list of the control plane, by the SDK's own paginator, in pages of so many.
    pages: async (name, member, input, pageSize) => {
      const found = [];
      for await (const page of iotSdk[`paginate${name}`]({ client: iot, pageSize }, input)) found.push(page[member]);
      return found;
    },
  };
};

// What the SDK makes of an exception of that name: its modelled classes, or the service's base class where it knows none.
export const isModelled = (plane, error) => error instanceof ((plane === 'iot' ? iotSdk : dataSdk)[error.name] ?? Promise);

export const { control, device, pages } = connect({ endpoint: ENDPOINT, region: REGION });
export const seed = DIALECT === 'seed';
export const finished = seed ? 'SUCCEEDED' : 'COMPLETED';
export const arn = kind => `arn:aws:iot:${REGION}:123456789012:${kind}`;
export const refused = (promise, name, status) => assert.rejects(promise, error => {
  assert.equal(error.name, name);
  assert.equal(error.$metadata.httpStatusCode, status);
  assert.ok(error.message.length > 0);
  return true;
});
export const silent = async (name, input) => assert.deepEqual(await control(name, input), {});
