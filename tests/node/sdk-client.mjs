// AWS's own SDK, pointed at the server at ENDPOINT: what the stories share.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

// The packages may lie elsewhere than beside this file: NODE_PATH counts for require only.
const require = createRequire(import.meta.url);
const iotSdk = require('@aws-sdk/client-iot');
const dataSdk = require('@aws-sdk/client-iot-jobs-data-plane');

const { ENDPOINT, DIALECT, REGION } = process.env;
const options = { endpoint: ENDPOINT, region: REGION, maxAttempts: 1 };
const iot = new iotSdk.IoTClient(options);
const data = new dataSdk.IoTJobsDataPlaneClient(options);

export const seed = DIALECT === 'seed';
export const finished = seed ? 'SUCCEEDED' : 'COMPLETED';
export const arn = kind => `arn:aws:iot:${REGION}:123456789012:${kind}`;

const call = async (client, sdk, name, input = {}) => {
  const { $metadata, ...answer } = await client.send(new sdk[`${name}Command`](input));
  assert.equal($metadata.httpStatusCode, 200);
  assert.ok($metadata.requestId);
  return answer;
};
export const control = (name, input) => call(iot, iotSdk, name, input);
export const device = (name, input) => call(data, dataSdk, name, input);
export const refused = (promise, name, status) => assert.rejects(promise, error => {
  assert.equal(error.name, name);
  assert.equal(error.$metadata.httpStatusCode, status);
  assert.ok(error.message.length > 0);
  return true;
});
export const silent = async (name, input) => assert.deepEqual(await control(name, input), {});
