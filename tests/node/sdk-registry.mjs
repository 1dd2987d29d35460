// Things, groups, endpoints, event families and the pages of every list, told with AWS's own SDK against the server at ENDPOINT. Prints nothing
// when everything is as it should be; the first difference ends it.
import assert from 'node:assert/strict';
import { arn, control, device, pages, refused, silent } from './sdk-client.mjs';

const thingArn = name => `${arn('thing')}/${name}`;
const groupArn = name => `${arn('thinggroup')}/${name}`;
const names = (prefix, count) => Array.from({ length: count }, (_, i) => `${prefix}-${i}`);

// A thing with type and attributes, described, changed, read again.
const made = await control('CreateThing', {
  thingName: 'lamp:1', thingTypeName: 'lamp', attributePayload: { attributes: { model: 'M1', floor: '3', room: 'a/b' } },
});
assert.deepEqual(made, { thingName: 'lamp:1', thingArn: thingArn('lamp:1'), thingId: made.thingId });
assert.match(made.thingId, /^[0-9a-f-]{36}$/);
assert.deepEqual(await control('CreateThing', {
  thingName: 'lamp:1', thingTypeName: 'lamp', attributePayload: { attributes: { room: 'a/b', model: 'M1', floor: '3' } },
}), made);
const described = {
  defaultClientId: 'lamp:1', thingName: 'lamp:1', thingId: made.thingId, thingArn: made.thingArn, thingTypeName: 'lamp',
  attributes: { model: 'M1', floor: '3', room: 'a/b' }, version: 1,
};
assert.deepEqual(await control('DescribeThing', { thingName: 'lamp:1' }), described);
await silent('UpdateThing', { thingName: 'lamp:1', attributePayload: { attributes: { floor: '4', room: '' }, merge: true }, expectedVersion: 1 });
assert.deepEqual(
  await control('DescribeThing', { thingName: 'lamp:1' }), { ...described, attributes: { model: 'M1', floor: '4' }, version: 2 });
await silent('UpdateThing', { thingName: 'lamp:1', removeThingType: true, attributePayload: { attributes: { only: 'this' } } });
const { thingTypeName, ...untyped } = described;
assert.deepEqual(await control('DescribeThing', { thingName: 'lamp:1' }), { ...untyped, attributes: { only: 'this' }, version: 3 });
await control('CreateThing', { thingName: 'bare' });
assert.deepEqual((await control('DescribeThing', { thingName: 'bare' })).attributes, {});

// Lists of things, filtered.
await control('CreateThing', { thingName: 'lamp:2', thingTypeName: 'lamp', attributePayload: { attributes: { model: 'M10' } } });
const things = async input => (await control('ListThings', input)).things.map(thing => thing.thingName);
assert.deepEqual(await things(), ['bare', 'lamp:1', 'lamp:2']);
assert.deepEqual(await things({ thingTypeName: 'lamp' }), ['lamp:2']);
assert.deepEqual(await things({ attributeName: 'model', attributeValue: 'M1' }), []);
assert.deepEqual(await things({ attributeName: 'model', attributeValue: 'M1', usePrefixAttributeValue: true }), ['lamp:2']);
assert.deepEqual((await control('ListThings', { thingTypeName: 'lamp' })).things, [{
  thingName: 'lamp:2', thingTypeName: 'lamp', thingArn: thingArn('lamp:2'), attributes: { model: 'M10' }, version: 1,
}]);

// A tree of groups, and who is in it.
const root = await control('CreateThingGroup', {
  thingGroupName: 'root', thingGroupProperties: { thingGroupDescription: 'All of them', attributePayload: { attributes: { region: 'eu' } } },
  tags: [{ Key: 'team', Value: 'ops' }],
});
assert.deepEqual(root, { thingGroupName: 'root', thingGroupArn: groupArn('root'), thingGroupId: root.thingGroupId });
await control('CreateThingGroup', { thingGroupName: 'house', parentGroupName: 'root' });
await control('CreateThingGroup', { thingGroupName: 'floor', parentGroupName: 'house' });
await control('CreateThingGroup', { thingGroupName: 'other' });
const { thingGroupMetadata, ...floor } = await control('DescribeThingGroup', { thingGroupName: 'floor' });
assert.deepEqual(floor, {
  thingGroupName: 'floor', thingGroupArn: groupArn('floor'), thingGroupId: floor.thingGroupId, thingGroupProperties: {}, version: 1,
});
assert.ok(Math.abs(thingGroupMetadata.creationDate - Date.now()) < 60_000);
assert.deepEqual({ ...thingGroupMetadata, creationDate: 0 }, {
  parentGroupName: 'house', creationDate: 0,
  rootToParentThingGroups: [
    { groupName: 'root', groupArn: groupArn('root') }, { groupName: 'house', groupArn: groupArn('house') },
  ],
});
assert.deepEqual((await control('DescribeThingGroup', { thingGroupName: 'root' })).thingGroupProperties, {
  thingGroupDescription: 'All of them', attributePayload: { attributes: { region: 'eu' } },
});
const groups = async input => (await control('ListThingGroups', input)).thingGroups.map(group => group.groupName);
assert.deepEqual(await groups(), ['floor', 'house', 'other', 'root']);
assert.deepEqual(await groups({ parentGroup: 'root' }), ['house']);
assert.deepEqual(await groups({ parentGroup: 'root', recursive: true }), ['floor', 'house']);
assert.deepEqual(await groups({ namePrefixFilter: 'ho' }), ['house']);

await silent('AddThingToThingGroup', { thingGroupName: 'floor', thingName: 'lamp:1' });
await silent('AddThingToThingGroup', { thingGroupName: 'floor', thingName: 'lamp:1' });
await silent('AddThingToThingGroup', { thingGroupArn: groupArn('other'), thingArn: thingArn('lamp:1'), overrideDynamicGroups: false });
await refused(control('AddThingToThingGroup', { thingGroupName: 'root', thingName: 'lamp:1' }), 'InvalidRequestException', 400);
assert.deepEqual((await control('ListThingGroupsForThing', { thingName: 'lamp:1' })).thingGroups, [
  { groupName: 'floor', groupArn: groupArn('floor') }, { groupName: 'other', groupArn: groupArn('other') },
]);
assert.deepEqual((await control('ListThingsInThingGroup', { thingGroupName: 'root' })).things, []);
assert.deepEqual((await control('ListThingsInThingGroup', { thingGroupName: 'root', recursive: true })).things, ['lamp:1']);
await silent('RemoveThingFromThingGroup', { thingGroupArn: groupArn('other'), thingName: 'lamp:1' });
await silent('RemoveThingFromThingGroup', { thingGroupName: 'other', thingName: 'lamp:1' });
await silent('DeleteThingGroup', { thingGroupName: 'other', expectedVersion: 1 });
await silent('DeleteThingGroup', { thingGroupName: 'other' });
await refused(control('DeleteThingGroup', { thingGroupName: 'house' }), 'InvalidRequestException', 400);

// A dynamic group, whose query changes.
await control('CreateDynamicThingGroup', { thingGroupName: 'm10', queryString: 'attributes.model:M10', tags: [{ Key: 'k', Value: 'v' }] });
assert.deepEqual((await control('ListThingsInThingGroup', { thingGroupName: 'm10' })).things, ['lamp:2']);
assert.deepEqual(await control('UpdateDynamicThingGroup', {
  thingGroupName: 'm10', thingGroupProperties: { thingGroupDescription: 'Without a model' }, queryString: 'thingName:bare', expectedVersion: 1,
}), { version: 2 });
const dynamic = await control('DescribeThingGroup', { thingGroupName: 'm10' });
assert.deepEqual(
  [dynamic.queryString, dynamic.queryVersion, dynamic.indexName, dynamic.status, dynamic.thingGroupProperties],
  ['thingName:bare', '2017-09-30', 'AWS_Things', 'ACTIVE', { thingGroupDescription: 'Without a model' }]);
assert.deepEqual((await control('ListThingsInThingGroup', { thingGroupName: 'm10' })).things, ['bare']);

// Where to send what, and what is told.
for (const endpointType of [undefined, 'iot:Data', 'iot:Data-ATS', 'iot:Jobs']) {
  assert.deepEqual(await control('DescribeEndpoint', { endpointType }), { endpointAddress: new URL(process.env.ENDPOINT).host });
}
const families = [
  'THING', 'THING_GROUP', 'THING_TYPE', 'THING_GROUP_MEMBERSHIP', 'THING_GROUP_HIERARCHY', 'THING_TYPE_ASSOCIATION', 'JOB', 'JOB_EXECUTION',
  'POLICY', 'CERTIFICATE', 'CA_CERTIFICATE',
];
const switches = (...on) => Object.fromEntries(families.map(family => [family, { Enabled: on.includes(family) }]));
assert.deepEqual((await control('DescribeEventConfigurations')).eventConfigurations, switches());
await silent('UpdateEventConfigurations', { eventConfigurations: { JOB: { Enabled: true }, THING: { Enabled: true } } });
await silent('UpdateEventConfigurations', { eventConfigurations: { THING: { Enabled: false }, JOB_EXECUTION: { Enabled: true } } });
const told = await control('DescribeEventConfigurations');
assert.deepEqual(told.eventConfigurations, switches('JOB', 'JOB_EXECUTION'));
assert.ok(told.creationDate <= told.lastModifiedDate && told.lastModifiedDate - Date.now() < 60_000);

// Every list in pages: nothing twice, nothing left out, only the last one short.
const inPages = async (name, member, input, pick) => {
  const all = (await control(name, input))[member].map(pick);
  assert.ok(all.length > 3, `${name} has too little to turn pages`);
  const found = await pages(name, member, input, 2);
  assert.deepEqual(found.flat().map(pick), all, name);
  assert.deepEqual(found.slice(0, -1).map(page => page.length), found.slice(0, -1).map(() => 2), name);
};
const fleet = names('fleet', 5);
for (const thingName of fleet) {
  await control('CreateThing', { thingName });
  await control('CreateThingGroup', { thingGroupName: `g-${thingName}` });
  await control('CreateJobTemplate', { jobTemplateId: thingName, description: 'd', document: '{}' });
  await control('AddThingToThingGroup', { thingGroupName: 'floor', thingName });
  await control('AddThingToThingGroup', { thingGroupName: `g-${thingName}`, thingName: 'lamp:2' });
}
// Words of routes are names like any other.
const jobIds = ['jobs', 'things', 'cancel', 'targets', 'job-document', 'get', 'update'];
for (const jobId of jobIds) {
  await control('CreateJob', { jobId, targets: [groupArn('floor')], document: JSON.stringify({ jobId }) });
  assert.equal((await control('DescribeJob', { jobId })).job.jobId, jobId);
  assert.equal((await control('GetJobDocument', { jobId })).document, JSON.stringify({ jobId }));
}
await inPages('ListThings', 'things', {}, thing => thing.thingName);
await inPages('ListThingGroups', 'thingGroups', {}, group => group.groupName);
await inPages('ListThingGroupsForThing', 'thingGroups', { thingName: 'lamp:2' }, group => group.groupName);
await inPages('ListThingsInThingGroup', 'things', { thingGroupName: 'root', recursive: true }, name => name);
await inPages('ListJobs', 'jobs', { status: 'IN_PROGRESS' }, job => job.jobId);
await inPages('ListJobTemplates', 'jobTemplates', {}, template => template.jobTemplateId);
await inPages('ListManagedJobTemplates', 'managedJobTemplates', {}, template => template.templateName);
await inPages('ListJobExecutionsForJob', 'executionSummaries', { jobId: 'cancel' }, line => line.thingArn);
await inPages('ListJobExecutionsForThing', 'executionSummaries', { thingName: 'fleet-0', status: 'QUEUED' }, line => line.jobId);
assert.deepEqual(await pages('ListTagsForResource', 'tags', { resourceArn: groupArn('root') }), [[{ Key: 'team', Value: 'ops' }]]);

// What a device sees of jobs with such names, in the order in which they were queued.
const pending = await device('GetPendingJobExecutions', { thingName: 'fleet-1' });
assert.deepEqual(pending.inProgressJobs, []);
assert.deepEqual(pending.queuedJobs.map(line => line.jobId), jobIds);
for (const line of pending.queuedJobs) {
  assert.ok(Number.isInteger(line.queuedAt) && Math.abs(line.queuedAt * 1000 - Date.now()) < 60_000);
  assert.deepEqual([line.executionNumber, line.versionNumber, line.startedAt], [1, 1, undefined]);
}
for (const jobId of jobIds) {
  const { execution } = await device('StartNextPendingJobExecution', { thingName: 'fleet-1', statusDetails: { step: '1' }, stepTimeoutInMinutes: 5 });
  assert.deepEqual([execution.jobId, execution.thingName, execution.jobDocument], [jobId, 'fleet-1', JSON.stringify({ jobId })]);
  assert.deepEqual([execution.status, execution.statusDetails, execution.versionNumber], ['IN_PROGRESS', { step: '1' }, 2]);
  assert.ok(execution.approximateSecondsBeforeTimedOut > 290);
  const { execution: bare } = await device('DescribeJobExecution', { jobId, thingName: 'fleet-1', includeJobDocument: false, executionNumber: 1 });
  assert.deepEqual([bare.status, bare.jobDocument], ['IN_PROGRESS', undefined]);
  assert.deepEqual(await device('UpdateJobExecution', {
    jobId, thingName: 'fleet-1', status: 'SUCCEEDED', includeJobExecutionState: true, includeJobDocument: true, executionNumber: 1, expectedVersion: 2,
  }), {
    executionState: { status: 'SUCCEEDED', statusDetails: { step: '1' }, versionNumber: 3 }, jobDocument: JSON.stringify({ jobId }),
  });
  await silent('CancelJobExecution', { jobId, thingName: 'fleet-2', statusDetails: { by: 'hand' }, expectedVersion: 1 });
  await silent('DeleteJobExecution', { jobId, thingName: 'fleet-2', executionNumber: 1, force: false });
}
assert.deepEqual(await device('StartNextPendingJobExecution', { thingName: 'fleet-1' }), {});
assert.deepEqual(await device('DescribeJobExecution', { thingName: 'fleet-1', jobId: '$next' }), {});
