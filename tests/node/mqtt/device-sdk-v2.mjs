// AWS's device SDK v2 by its jobs client, as its samples use it: over MQTT 3.1.1 or 5 (VERSION), with a certificate.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import * as operator from './operator.mjs';

const require = createRequire(import.meta.url);
const { iot, iotjobs, mqtt, mqtt5 } = require('aws-iot-device-sdk-v2');

const { HOST, TLS_PORT, CA, VERSION } = process.env;
const [device] = JSON.parse(process.env.DEVICES);
const thing = { thingName: device.thing };
const limits = { maxRequestResponseSubscriptions: 4, maxStreamingSubscriptions: 2, operationTimeoutInSeconds: 30 };

const overMqtt5 = async () => {
  const client = new mqtt5.Mqtt5Client(iot.AwsIotMqtt5ClientConfigBuilder.newDirectMqttBuilderWithMtlsFromPath(HOST, device.cert, device.key)
    .withCertificateAuthorityFromPath(undefined, CA).withPort(Number(TLS_PORT)).withConnectProperties({ clientId: device.thing, keepAliveIntervalSeconds: 60 }).build());
  client.start();
  await once(client, 'connectionSuccess');
  return { jobs: iotjobs.IotJobsClientv2.newFromMqtt5(client, limits), end: () => { client.stop(); return once(client, 'stopped'); } };
};
const overMqtt311 = async () => {
  const connection = new mqtt.MqttClient().new_connection(iot.AwsIotMqttConnectionConfigBuilder.new_mtls_builder_from_path(device.cert, device.key)
    .with_certificate_authority_from_path(undefined, CA).with_client_id(device.thing).with_clean_session(true).with_endpoint(HOST).with_port(Number(TLS_PORT)).build());
  await connection.connect();
  return { jobs: iotjobs.IotJobsClientv2.newFromMqtt311(connection, limits), end: () => connection.disconnect() };
};

const told = stream => {
  const events = [];
  const waiting = [];
  stream.on('incomingPublish', ({ message }) => waiting.length > 0 ? waiting.shift()(message) : events.push(message));
  const opened = once(stream, 'subscriptionStatus');
  stream.open();
  return { opened, next: () => events.length > 0 ? events.shift() : new Promise(resolve => waiting.push(resolve)) };
};

const { jobs, end } = await (VERSION === '5' ? overMqtt5() : overMqtt311());
const [changes, nexts] = [told(jobs.createJobExecutionsChangedStream(thing)), told(jobs.createNextJobExecutionChangedStream(thing))];
await Promise.all([changes.opened, nexts.opened]);

assert.deepEqual((await jobs.getPendingJobExecutions(thing)).queuedJobs, []);
const jobId = await operator.createJob('update', [device], { document: { operation: 'update', version: 2 } });
assert.deepEqual((await changes.next()).jobs.QUEUED.map(job => job.jobId), [jobId]);
assert.deepEqual((await nexts.next()).execution.jobDocument, { operation: 'update', version: 2 });

const { execution } = await jobs.startNextPendingJobExecution(thing);
assert.deepEqual([execution.jobId, execution.status, execution.versionNumber], [jobId, 'IN_PROGRESS', 2]);
assert.ok(Math.abs(Date.now() / 1000 - execution.startedAt) < 60);
const described = await jobs.describeJobExecution({ ...thing, jobId, includeJobDocument: true });
assert.deepEqual(described.execution.jobDocument, { operation: 'update', version: 2 });
await jobs.updateJobExecution({ ...thing, jobId, status: 'IN_PROGRESS', statusDetails: { step: '1' }, expectedVersion: 2 });
await assert.rejects(jobs.updateJobExecution({ ...thing, jobId, status: 'SUCCEEDED', expectedVersion: 2 }), error => {
  const { code, executionState } = error.modeledError;
  assert.deepEqual([code, executionState], ['VersionMismatch', { status: 'IN_PROGRESS', statusDetails: { step: '1' }, versionNumber: 3 }]);
  return true;
});
await jobs.updateJobExecution({ ...thing, jobId, status: 'SUCCEEDED', expectedVersion: 3 });
assert.deepEqual([(await changes.next()).jobs, (await nexts.next()).execution], [{}, undefined]);
assert.equal((await operator.execution(jobId, device)).status, 'SUCCEEDED');
await assert.rejects(jobs.describeJobExecution({ ...thing, jobId }), error => error.modeledError.code === 'TerminalStateReached');

jobs.close();
await end();
process.exit();
