// Jobs which follow their groups and their schedules, told with AWS's own SDK against the server at ENDPOINT. Prints nothing when everything is as
// it should be; the first difference ends it.
import assert from 'node:assert/strict';
import { arn, control, device, refused, silent } from './sdk-client.mjs';

const executions = async jobId => (await control('ListJobExecutionsForJob', { jobId })).executionSummaries
  .map(({ thingArn, jobExecutionSummary: { executionNumber, status } }) => `${thingArn.split('/')[1]}#${executionNumber} ${status}`).sort();
const group = name => `${arn('thinggroup')}/${name}`;
const move = (thingName, toAdd, toRemove) =>
  silent('UpdateThingGroupsForThing', { thingName, thingGroupsToAdd: toAdd, thingGroupsToRemove: toRemove });
const from = (now, minutes) => new Date(now + minutes * 60_000).toISOString().slice(0, 16);

// A static tree and a dynamic group.
for (const [thingName, model] of [['a', 'M1'], ['b', 'M2'], ['c', 'M2']]) {
  await control('CreateThing', { thingName, attributePayload: { attributes: { model } } });
}
await control('CreateThingGroup', { thingGroupName: 'fleet' });
await control('CreateThingGroup', { thingGroupName: 'eu', parentGroupName: 'fleet' });
await control('CreateThingGroup', { thingGroupName: 'extra' });
assert.deepEqual(await control('UpdateThingGroup', {
  thingGroupName: 'eu', thingGroupProperties: { thingGroupDescription: 'Europe' }, expectedVersion: 1,
}), { version: 2 });
await refused(control('UpdateThingGroup', { thingGroupName: 'eu', thingGroupProperties: {}, expectedVersion: 1 }), 'VersionConflictException', 409);
const dynamic = await control('CreateDynamicThingGroup', { thingGroupName: 'm1', queryString: 'attributes.model:M1' });
assert.deepEqual([dynamic.indexName, dynamic.queryVersion], ['AWS_Things', '2017-09-30']);
await refused(control('CreateDynamicThingGroup', { thingGroupName: 'bad', queryString: 'attributes.model:(' }), 'InvalidQueryException', 400);
assert.equal((await control('DescribeThingGroup', { thingGroupName: 'm1' })).status, 'ACTIVE');

// A continuous job follows both.
await move('b', ['eu']);
await control('CreateJob', {
  jobId: 'follow', targets: [group('fleet')], targetSelection: 'CONTINUOUS', document: '{"do":"it"}',
});
assert.deepEqual(await executions('follow'), ['b#1 QUEUED']);
await move('b', ['fleet'], ['eu']);
await move('c', ['fleet']);
assert.deepEqual(await executions('follow'), ['b#1 QUEUED', 'c#1 QUEUED']);
await move('c', [], ['fleet']);
await move('c', ['eu']);
assert.deepEqual(await executions('follow'), ['b#1 QUEUED', 'c#1 REMOVED', 'c#2 QUEUED']);
const associated = await control('AssociateTargetsWithJob', { jobId: 'follow', targets: [group('m1')], comment: 'and M1' });
assert.deepEqual(associated, { jobArn: `${arn('job')}/follow`, jobId: 'follow' });
assert.deepEqual(await executions('follow'), ['a#1 QUEUED', 'b#1 QUEUED', 'c#1 REMOVED', 'c#2 QUEUED']);
const { job: followed } = await control('DescribeJob', { jobId: 'follow' });
assert.deepEqual([followed.targets, followed.comment, followed.jobProcessDetails.numberOfRemovedThings], [[group('fleet'), group('m1')], 'and M1', 1]);
await device('UpdateJobExecution', { thingName: 'a', jobId: 'follow', status: 'SUCCEEDED' });
await silent('UpdateThing', { thingName: 'a', attributePayload: { attributes: { model: 'M2' } } });
await silent('UpdateThing', { thingName: 'a', attributePayload: { attributes: { model: 'M1' } } });
assert.ok((await executions('follow')).includes('a#2 QUEUED'));
await silent('DeleteDynamicThingGroup', { thingGroupName: 'm1' });
assert.ok((await executions('follow')).includes('a#2 REMOVED'));
await refused(control('AssociateTargetsWithJob', { jobId: 'follow', targets: [group('none')] }), 'ResourceNotFoundException', 404);

// A job which waits for its start, one which waits for a window, and what is refused.
const now = Date.now();
await control('CreateJob', {
  jobId: 'later', targets: [group('fleet')], document: '{}',
  schedulingConfig: { startTime: from(now, 45), endTime: from(now, 90), endBehavior: 'FORCE_CANCEL' },
});
const { job: later } = await control('DescribeJob', { jobId: 'later' });
assert.deepEqual([later.status, later.schedulingConfig.startTime, later.isConcurrent], ['SCHEDULED', from(now, 45), false]);
const opening = new Date(now + 3 * 3_600_000);
await control('CreateJob', {
  jobId: 'nightly', targets: [group('fleet')], targetSelection: 'CONTINUOUS', document: '{}',
  schedulingConfig: { maintenanceWindows: [{ startTime: `cron(5 ${opening.getUTCHours()} * * ? *)`, durationInMinutes: 30 }] },
});
const { job: nightly } = await control('DescribeJob', { jobId: 'nightly' });
assert.deepEqual([nightly.status, nightly.scheduledJobRollouts.length], ['SCHEDULED', 7]);
assert.match(nightly.scheduledJobRollouts[0].startTime, /^\d{4}-\d\d-\d\dT\d\d:05:00Z$/);
assert.deepEqual((await control('ListJobs', { status: 'SCHEDULED' })).jobs.map(({ jobId }) => jobId).sort(), ['later', 'nightly']);
await refused(control('AssociateTargetsWithJob', { jobId: 'nightly', targets: [group('extra')] }), 'InvalidRequestException', 400);
for (const schedulingConfig of [
  { startTime: from(now, 20) },
  { endBehavior: 'CANCEL' },
  { maintenanceWindows: [{ startTime: 'cron(0 10 * * * *)', durationInMinutes: 10 }] },
  { maintenanceWindows: [{ startTime: 'cron(0 10 * * ? *)', durationInMinutes: 1431 }] },
]) {
  await refused(control('CreateJob', {
    jobId: 'bad', targets: [group('fleet')], targetSelection: 'CONTINUOUS', document: '{}', schedulingConfig,
  }), 'InvalidRequestException', 400);
}
