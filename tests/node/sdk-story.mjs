// The story of the guide "Creating and managing jobs", told with AWS's own SDK against the server at ENDPOINT. Prints nothing when
// everything is as it should be; the first difference ends it.
import assert from 'node:assert/strict';
import { arn, control, device, finished, refused, seed, silent } from './sdk-client.mjs';

const gone = async jobId => {
  for (let i = 0; ; i++) {
    try {
      const { job } = await control('DescribeJob', { jobId });
      assert.equal(job.status, 'DELETION_IN_PROGRESS');
      assert.ok(i < 1000, `${jobId} is still there`);
    } catch (error) {
      if (error.name === 'ResourceNotFoundException') return;
      throw error;
    }
  }
};

const document = '{\n\t"operation":"install",\n\t"url":"http://amazon.com/firmWareUpate-01",\n\t"data":"ü"\n}';
const configurations = {
  timeoutConfig: { inProgressTimeoutInMinutes: 100 },
  jobExecutionsRolloutConfig: {
    maximumPerMinute: 1000,
    exponentialRate: {
      baseRatePerMinute: 50, incrementFactor: 2,
      rateIncreaseCriteria: { numberOfNotifiedThings: 1000, numberOfSucceededThings: 1000 },
    },
  },
  abortConfig: {
    criteriaList: [
      { action: 'CANCEL', failureType: 'FAILED', minNumberOfExecutedThings: 100, thresholdPercentage: 20 },
      { action: 'CANCEL', failureType: 'TIMED_OUT', minNumberOfExecutedThings: 200, thresholdPercentage: 50 },
    ],
  },
  presignedUrlConfig: { roleArn: 'arn:aws:iam::123456789012:role/S3DownloadRole', expiresInSec: 3600 },
};
const create = (jobId, ...things) => control('CreateJob', {
  jobId, document, targets: things.map(thing => `${arn('thing')}/${thing}`), ...configurations,
});
const status = async (jobId, thingName) =>
  (await control('DescribeJobExecution', { jobId, thingName })).execution.status;

// Things, one of them with a name that has to be encoded.
for (const thingName of ['thingOne', 'thingTwo', 'site:three']) {
  const thing = await control('CreateThing', { thingName });
  assert.equal(thing.thingArn, `${arn('thing')}/${thingName}`);
}
assert.equal((await control('ListThings')).things.length, 3);

// Create a job.
assert.deepEqual(await create('010', 'thingOne', 'thingTwo'), { jobArn: `${arn('job')}/010`, jobId: '010' });
await refused(create('010', 'thingOne'), 'ResourceAlreadyExistsException', 409);
await refused(create('no such id', 'thingOne'), 'InvalidRequestException', 400);
await refused(create('011', 'thingNone'), 'ResourceNotFoundException', 404);

// Get its document: the text as it was given.
assert.equal((await control('GetJobDocument', { jobId: '010' })).document, document);

// Describe it.
{
  const { job } = await control('DescribeJob', { jobId: '010' });
  assert.equal(job.status, 'IN_PROGRESS');
  assert.equal(job.targetSelection, 'SNAPSHOT');
  assert.deepEqual(job.targets, [`${arn('thing')}/thingOne`, `${arn('thing')}/thingTwo`]);
  assert.deepEqual(job.timeoutConfig, configurations.timeoutConfig);
  assert.deepEqual(job.jobExecutionsRolloutConfig, configurations.jobExecutionsRolloutConfig);
  assert.deepEqual(job.abortConfig, configurations.abortConfig);
  assert.deepEqual(job.presignedUrlConfig, configurations.presignedUrlConfig);
  assert.equal(job.jobProcessDetails.numberOfQueuedThings, 2);
  assert.ok(Math.abs(job.createdAt - Date.now()) < 60_000);
}

// List its executions, and those of a thing.
{
  const { executionSummaries } = await control('ListJobExecutionsForJob', { jobId: '010' });
  assert.deepEqual(executionSummaries.map(line => [line.thingArn, line.jobExecutionSummary.status]), [
    [`${arn('thing')}/thingOne`, 'QUEUED'], [`${arn('thing')}/thingTwo`, 'QUEUED'],
  ]);
  const page = await control('ListJobExecutionsForJob', { jobId: '010', maxResults: 1 });
  assert.equal(page.executionSummaries.length, 1);
  const next = await control('ListJobExecutionsForJob', { jobId: '010', maxResults: 1, nextToken: page.nextToken });
  assert.equal(next.executionSummaries[0].thingArn, `${arn('thing')}/thingTwo`);
  assert.equal(next.nextToken, undefined);
  assert.equal((await control('ListJobExecutionsForThing', { thingName: 'thingOne' })).executionSummaries[0].jobId, '010');
}

// The device starts, reports, and the execution shows it.
assert.equal((await device('GetPendingJobExecutions', { thingName: 'thingOne' })).queuedJobs[0].jobId, '010');
{
  const { execution } = await device('DescribeJobExecution', { jobId: '$next', thingName: 'thingOne' });
  assert.equal(execution.jobId, '010');
  assert.equal(execution.status, 'QUEUED');
}
{
  const { execution } = await device('StartNextPendingJobExecution', { thingName: 'thingOne' });
  assert.equal(execution.jobDocument, document);
  assert.equal(execution.versionNumber, 2);
  const answer = await device('UpdateJobExecution', {
    jobId: '010', thingName: 'thingOne', status: 'IN_PROGRESS', statusDetails: { percentComplete: '10' },
    expectedVersion: 2, includeJobExecutionState: true,
  });
  assert.equal(answer.executionState.versionNumber, 3);
}
{
  const { execution } = await control('DescribeJobExecution', { jobId: '010', thingName: 'thingOne' });
  assert.equal(execution.status, 'IN_PROGRESS');
  assert.deepEqual(execution.statusDetails.detailsMap, { percentComplete: '10' });
  assert.ok(execution.approximateSecondsBeforeTimedOut > 5900);
}

// Update the job: no output.
await silent('UpdateJob', { jobId: '010', description: 'updated description', ...configurations });
assert.equal((await control('DescribeJob', { jobId: '010' })).job.description, 'updated description');

// Cancel an execution: the queued one yes, the running one only with force.
await refused(control('CancelJobExecution', { jobId: '010', thingName: 'thingOne' }), 'InvalidStateTransitionException', 409);
await refused(control('CancelJobExecution', { jobId: '010', thingName: 'thingOne', force: true, expectedVersion: 9 }), 'VersionConflictException', 409);
await silent('CancelJobExecution', { jobId: '010', thingName: 'thingTwo' });
await refused(control('CancelJobExecution', { jobId: '010', thingName: 'thingTwo', force: true }), 'InvalidStateTransitionException', 409);
assert.equal(await status('010', 'thingTwo'), 'CANCELED');

// Delete executions: a running one only with force.
await refused(control('DeleteJobExecution', { jobId: '010', thingName: 'thingOne', executionNumber: 1 }), 'InvalidStateTransitionException', 409);
await silent('DeleteJobExecution', { jobId: '010', thingName: 'thingTwo', executionNumber: 1 });
await refused(control('DeleteJobExecution', { jobId: '010', thingName: 'thingTwo', executionNumber: 1 }), 'ResourceNotFoundException', 404);

// The job cannot be deleted while it runs; it ends with its last execution.
await refused(control('DeleteJob', { jobId: '010' }), 'InvalidStateTransitionException', 409);
await device('UpdateJobExecution', { jobId: '010', thingName: 'thingOne', status: 'SUCCEEDED' });
await refused(device('DescribeJobExecution', { jobId: '010', thingName: 'thingOne' }), 'TerminalStateException', 410);
assert.equal((await control('DescribeJob', { jobId: '010' })).job.status, finished);
await refused(control('CancelJob', { jobId: '010' }), 'InvalidRequestException', 400);

// Cancel a job: queued executions end, running ones only with force, and then their device is locked out.
await create('013', 'thingOne', 'thingTwo', 'site:three');
await device('StartNextPendingJobExecution', { thingName: 'thingOne' });
await device('UpdateJobExecution', { jobId: '013', thingName: 'site:three', status: 'FAILED' });
assert.deepEqual(
  await control('CancelJob', { jobId: '013', reasonCode: 'ROLLBACK_1', comment: 'not yet' }),
  seed ? {} : { jobArn: `${arn('job')}/013`, jobId: '013' });
assert.deepEqual(
  [await status('013', 'thingOne'), await status('013', 'thingTwo'), await status('013', 'site:three')],
  ['IN_PROGRESS', 'CANCELED', 'FAILED']);
await control('CancelJob', { jobId: '013', force: true });
assert.equal(await status('013', 'thingOne'), 'CANCELED');
await assert.rejects(device('UpdateJobExecution', { jobId: '013', thingName: 'thingOne', status: 'SUCCEEDED' }), error => {
  assert.equal(error.name, 'InvalidStateTransitionException');
  return true;
});

// List jobs, sorted by status; both words for a finished job are understood.
await create('014', 'thingOne');
assert.deepEqual(
  (await control('ListJobs')).jobs.map(job => [job.jobId, job.status]),
  [['014', 'IN_PROGRESS'], ['010', finished], ['013', 'CANCELED']]);
for (const word of ['SUCCEEDED', 'COMPLETED']) {
  assert.deepEqual((await control('ListJobs', { status: word })).jobs.map(job => job.jobId), ['010']);
}
await refused(control('ListJobs', { maxResults: 251 }), 'InvalidRequestException', 400);
await refused(control('ListJobs', { status: 'DONE' }), 'InvalidRequestException', 400);
await refused(control('ListJobs', { nextToken: 'abc' }), 'InvalidRequestException', 400);

// Delete jobs: an ended one, then a running one with force; its device is locked out.
await silent('DeleteJob', { jobId: '010' });
await gone('010');
await device('StartNextPendingJobExecution', { thingName: 'thingOne' });
await silent('DeleteJob', { jobId: '014', force: true });
await refused(device('UpdateJobExecution', { jobId: '014', thingName: 'thingOne', status: 'SUCCEEDED' }), 'ResourceNotFoundException', 404);
await gone('014');
await refused(control('DescribeJobExecution', { jobId: '014', thingName: 'thingOne' }), 'ResourceNotFoundException', 404);

// Groups.
await control('CreateThingGroup', { thingGroupName: 'eu' });
await control('AddThingToThingGroup', { thingGroupName: 'eu', thingName: 'site:three' });
await control('CreateJob', { jobId: '015', document: '{}', targets: [`${arn('thinggroup')}/eu`] });
assert.deepEqual((await control('ListThingsInThingGroup', { thingGroupName: 'eu' })).things, ['site:three']);
assert.equal(await status('015', 'site:three'), 'QUEUED');
await silent('DeleteThing', { thingName: 'site:three' });
await refused(control('DescribeThing', { thingName: 'site:three' }), 'ResourceNotFoundException', 404);

// Job templates: a custom one of a document and one of a job, a managed one with its parameters.
const template = { document, description: 'Installs the firmware', ...configurations };
assert.deepEqual(await control('CreateJobTemplate', { jobTemplateId: 'fw', tags: [{ Key: 'team', Value: 'ops' }], ...template }), {
  jobTemplateArn: `${arn('jobtemplate')}/fw`, jobTemplateId: 'fw',
});
await assert.rejects(control('CreateJobTemplate', { jobTemplateId: 'fw', ...template }), error => {
  assert.equal(error.name, 'ConflictException');
  assert.equal(error.resourceId, 'fw');
  return error.$metadata.httpStatusCode === 409;
});
const { createdAt, ...described } = await control('DescribeJobTemplate', { jobTemplateId: 'fw' });
assert.ok(createdAt instanceof Date);
assert.deepEqual(described, { jobTemplateArn: `${arn('jobtemplate')}/fw`, jobTemplateId: 'fw', ...template });
const targets = [`${arn('thing')}/thingOne`];
const jobTemplateArn = described.jobTemplateArn;
assert.deepEqual(await control('CreateJob', { jobId: '016', targets, jobTemplateArn, timeoutConfig: { inProgressTimeoutInMinutes: 1 } }), {
  jobArn: `${arn('job')}/016`, jobId: '016',
});
const { job } = await control('DescribeJob', { jobId: '016' });
assert.equal(job.jobTemplateArn, jobTemplateArn);
assert.deepEqual(job.abortConfig, configurations.abortConfig);
assert.deepEqual(job.timeoutConfig, { inProgressTimeoutInMinutes: 1 });
assert.equal((await control('GetJobDocument', { jobId: '016' })).document, document);
await control('CreateJobTemplate', { jobTemplateId: 'of-a-job', description: 'd', jobArn: job.jobArn });
assert.deepEqual((await control('ListJobTemplates')).jobTemplates.map(line => line.jobTemplateId), ['fw', 'of-a-job']);
await silent('DeleteJobTemplate', { jobTemplateId: 'of-a-job' });
await refused(control('DescribeJobTemplate', { jobTemplateId: 'of-a-job' }), 'ResourceNotFoundException', 404);

const { managedJobTemplates } = await control('ListManagedJobTemplates');
assert.equal(managedJobTemplates.length, 8);
const managed = await control('DescribeManagedJobTemplate', { templateName: managedJobTemplates[0].templateName });
assert.deepEqual(
  managed.documentParameters.map(({ key, optional }) => [key, optional]),
  [['downloadUrl', false], ['filePath', false], ['runAsUser', true], ['pathToHandler', true]]);
const documentParameters = { downloadUrl: 'https://example.com/index.html', filePath: 'path/to/file' };
const made = await control('CreateJob', { jobId: '017', targets, jobTemplateArn: managed.templateArn, documentParameters });
assert.equal(made.description, managed.description);
assert.deepEqual((await control('DescribeJob', { jobId: '017' })).job.documentParameters, documentParameters);
assert.deepEqual(
  JSON.parse((await control('GetJobDocument', { jobId: '017' })).document).steps[0].action.input.args, Object.values(documentParameters));
assert.equal((await control('GetJobDocument', { jobId: '017', beforeSubstitution: true })).document, managed.document);
await refused(
  control('CreateJob', { jobId: '018', targets, jobTemplateArn: managed.templateArn, documentParameters: { filePath: 'x' } }),
  'InvalidRequestException', 400);

// Tags.
for (const resourceArn of [jobTemplateArn, made.jobArn, `${arn('thinggroup')}/eu`]) {
  await silent('TagResource', { resourceArn, tags: [{ Key: 'team', Value: 'dev' }, { Key: 'a/b', Value: '1' }] });
  assert.deepEqual((await control('ListTagsForResource', { resourceArn })).tags, [{ Key: 'a/b', Value: '1' }, { Key: 'team', Value: 'dev' }]);
  await silent('UntagResource', { resourceArn, tagKeys: ['team'] });
  assert.deepEqual((await control('ListTagsForResource', { resourceArn })).tags, [{ Key: 'a/b', Value: '1' }]);
}
