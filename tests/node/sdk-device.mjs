// A device with AWS's own SDK at ENDPOINT (https): thing lamp with jobs one and two, its certificate, a revoked one and its token.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { deviceOptions } from './device-options.mjs';

const require = createRequire(import.meta.url);
const iotSdk = require('@aws-sdk/client-iot');
const dataSdk = require('@aws-sdk/client-iot-jobs-data-plane');

const { ENDPOINT: endpoint, CA: ca, CERT: cert, KEY: key, REVOKED_CERT, REVOKED_KEY, TOKEN: token } = process.env;
const connect = shown => {
  const options = { maxAttempts: 1, ...deviceOptions({ endpoint, ca, ...shown }) };
  const [data, iot] = [new dataSdk.IoTJobsDataPlaneClient(options), new iotSdk.IoTClient(options)];
  return {
    device: (name, input) => data.send(new dataSdk[`${name}Command`](input)),
    control: (name, input) => iot.send(new iotSdk[`${name}Command`](input)),
  };
};
const refused = (promise, kind, status) => assert.rejects(promise, error => {
  assert.ok(error instanceof kind, `${error.name}: ${error.message}`);
  assert.equal(error.$metadata.httpStatusCode, status);
  return true;
});

// Each job by another way to show who calls; without keepAlive every request has a connection of its own, with a resumed session of TLS.
const ways = { one: { cert, key, keepAlive: false }, two: { token } };
for (const [jobId, way] of Object.entries(ways)) {
  const { device } = connect(way);
  const thing = { thingName: 'lamp' };
  assert.equal((await device('GetPendingJobExecutions', thing)).queuedJobs[0].jobId, jobId);
  const { execution } = await device('StartNextPendingJobExecution', { ...thing, statusDetails: { step: 'begun' } });
  assert.deepEqual([execution.jobId, execution.status], [jobId, 'IN_PROGRESS']);
  const described = await device('DescribeJobExecution', { ...thing, jobId, includeJobDocument: true });
  assert.deepEqual(Object.keys(JSON.parse(described.execution.jobDocument)), ['a']);
  const updated = await device('UpdateJobExecution', {
    ...thing, jobId, status: 'SUCCEEDED', statusDetails: { step: 'done' }, includeJobExecutionState: true,
  });
  assert.deepEqual([updated.executionState.status, updated.executionState.statusDetails], ['SUCCEEDED', { step: 'done' }]);
}

const operations = thingName => ({
  GetPendingJobExecutions: { thingName },
  StartNextPendingJobExecution: { thingName },
  DescribeJobExecution: { thingName, jobId: 'one' },
  UpdateJobExecution: { thingName, jobId: 'one', status: 'FAILED' },
});

const revoked = connect({ cert: REVOKED_CERT, key: REVOKED_KEY });
for (const [name, input] of Object.entries(operations('lamp'))) {
  await refused(revoked.device(name, input), dataSdk.CertificateValidationException, 400);
}

const lamp = connect({ cert, key });
for (const [name, input] of Object.entries(operations('other'))) {
  await assert.rejects(lamp.device(name, input), { name: 'AccessDeniedException' });
}
for (const [name, input] of Object.entries({ DescribeThing: { thingName: 'lamp' }, ListThings: {}, DescribeEndpoint: {} })) {
  await refused(lamp.control(name, input), iotSdk.UnauthorizedException, 401);
}
