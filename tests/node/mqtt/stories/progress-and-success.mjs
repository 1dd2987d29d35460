import assert from 'node:assert/strict';

// A device is told of a job, begins it, tells how far it is, and ends it.
export default async ({ device, operator }) => {
  const jobId = await operator.createJob('update', [device], { document: { operation: 'update', version: 2 } });
  assert.deepEqual(await device.hearPending(), { QUEUED: [jobId] });
  assert.equal((await device.hear('notify-next')).execution.jobId, jobId);

  const pending = await device.ask('get');
  assert.deepEqual([pending.inProgressJobs, pending.queuedJobs.map(job => job.jobId)], [[], [jobId]]);

  const { execution } = await device.ask('start-next', { statusDetails: { step: 'download' } });
  assert.deepEqual(
    [execution.jobId, execution.status, execution.versionNumber, execution.statusDetails, execution.jobDocument],
    [jobId, 'IN_PROGRESS', 2, { step: 'download' }, { operation: 'update', version: 2 }]);
  assert.deepEqual((await device.ask('get')).inProgressJobs.map(job => job.jobId), [jobId]);

  const progress = { status: 'IN_PROGRESS', statusDetails: { step: 'install', percent: '50' }, expectedVersion: 2, includeJobExecutionState: true };
  assert.deepEqual(await device.ask(`${jobId}/update`, progress),
    { executionState: { status: 'IN_PROGRESS', statusDetails: progress.statusDetails, versionNumber: 3 } });
  assert.deepEqual((await operator.execution(jobId, device)).statusDetails.detailsMap, progress.statusDetails);
  assert.deepEqual(await device.left(), []);

  assert.deepEqual(await device.ask(`${jobId}/update`, { status: 'SUCCEEDED', statusDetails: { step: 'done' }, expectedVersion: 3 }), {});
  assert.deepEqual([await device.hearPending(), await device.hear('notify-next')], [{}, {}]);
  const ended = await operator.execution(jobId, device);
  assert.deepEqual([ended.status, ended.versionNumber, ended.statusDetails.detailsMap], ['SUCCEEDED', 4, { step: 'done' }]);
  assert.deepEqual(await device.ask('start-next'), {});
  await device.rejected('TerminalStateReached', `${jobId}/get`);
};
