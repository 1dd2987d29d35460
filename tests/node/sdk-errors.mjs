// Provokes every row of errors/table.mjs with AWS's own SDK. SERVERS is a JSON object: endpoint and key of each server by its name,
// or the certificate of a device that calls it.
// Prints nothing when every exception is as AWS's model has it, else each row that is not.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { deviceOptions } from './device-options.mjs';
import { arn } from './errors/ways.mjs';
import { rows } from './errors/table.mjs';
import { connect, isModelled } from './sdk-client.mjs';

const model = JSON.parse(await readFile(process.env.MODEL, 'utf8')).services;
const options = ({ endpoint, cert, key, ca, ...credentials }) => cert ? deviceOptions({ endpoint, cert, key, ca }) : {
  endpoint, credentials, region: 'us-east-1',
  requestHandler: { httpAgent: { maxSockets: 50 }, socketAcquisitionWarningTimeout: 60_000 }, // Many calls wait for a socket here.
};
const servers = Object.fromEntries(Object.entries(JSON.parse(process.env.SERVERS)).map(([name, server]) => [name, connect(options(server))]));

// What rows may have made first, on the server which they are for.
const givenOn = server => ({
  ...server,
  each: async (count, make) => { await Promise.all(Array.from({ length: count }, (_, i) => make(i))); },
  things: async count => {
    const names = Array.from({ length: count }, (_, i) => `thing-${i}`);
    await Promise.all(names.map(thingName => server.control('CreateThing', { thingName })));
    return names.map(name => arn('thing', name));
  },
  // A job with one execution, on a thing of the same name; returns the target.
  job: async (name, more = {}) => {
    await server.control('CreateThing', { thingName: name });
    await server.control('CreateJob', { jobId: name, targets: [arn('thing', name)], document: '{}', ...more });
    return arn('thing', name);
  },
  // Jobs which are being rolled out: one execution a minute, two to make.
  jobsAtWork: async function (count) {
    const targets = await this.things(2);
    await this.each(count, i => server.control('CreateJob', {
      jobId: `at-work-${i}`, targets, document: '{}', jobExecutionsRolloutConfig: { maximumPerMinute: 1 },
    }));
  },
});

const refusal = async (server, { service, operation }, input) => {
  try {
    await server[service === 'iot' ? 'control' : 'device'](operation, input);
  } catch (error) {
    return error;
  }
};

// The exception of one call, or of as many as it takes to be too many.
const provoke = async (server, row, input) => {
  if (row.on !== 'busy') {
    return refusal(server, row, input);
  }
  for (let calls = 0; calls < 1000; calls += 50) {
    const found = await Promise.all(Array.from({ length: 50 }, () => refusal(server, row, input)));
    const throttled = found.find(error => error?.name === 'ThrottlingException');
    if (throttled) return throttled;
  }
};

const check = async row => {
  const server = servers[row.on ?? 'plain'];
  assert.ok(server, `there is no server '${row.on}'`);
  const input = { ...row.input, ...await row.given?.(givenOn(server)) };
  const error = await provoke(server, row, input);
  assert.ok(error, 'the call was answered');
  assert.equal(error.name, row.error, `${error.name}: ${error.message}`);
  assert.ok(isModelled(row.service, error), `the SDK has no class ${error.name}`);
  assert.equal(error.$metadata.httpStatusCode, model[row.service].shapes[row.error].error.httpStatusCode);
  assert.match(error.$metadata.requestId ?? '', /^[0-9a-f-]{36}$/);
  assert.ok(error.message.length > 10, `says '${error.message}'`);
  const members = ['resourceId', 'resourceArn', 'executionState'].filter(name => error[name] !== undefined);
  assert.deepEqual(members.sort(), Object.keys(row.members ?? {}).sort(), 'it carries other members');
  for (const [name, expected] of Object.entries(row.members ?? {})) {
    expected instanceof RegExp ? assert.match(error[name], expected) : assert.deepEqual(error[name], expected);
  }
};

await Promise.all(rows.filter(row => !row.never).map(async row => {
  try {
    await check(row);
  } catch (problem) {
    console.log(`${row.service} ${row.operation} ${row.error}: ${problem.message}`);
  }
}));
