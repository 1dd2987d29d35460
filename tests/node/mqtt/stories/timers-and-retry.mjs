import assert from 'node:assert/strict';

// Time runs out for a device, of the job and of its own step; the job tries once more, and then no more.
export default async ({ device, operator, clock }) => {
  const jobId = await operator.createJob('update', [device], {
    timeoutConfig: { inProgressTimeoutInMinutes: 2 },
    jobExecutionsRetryConfig: { criteriaList: [{ failureType: 'TIMED_OUT', numberOfRetries: 1 }] },
  });
  assert.equal((await device.hear('notify-next')).execution.executionNumber, 1);
  assert.deepEqual(await device.hearPending(), { QUEUED: [jobId] });

  const { execution } = await device.ask('start-next');
  assert.ok(execution.approximateSecondsBeforeTimedOut > 110 && execution.approximateSecondsBeforeTimedOut <= 120);
  await clock.advance(119);
  await device.ask(`${jobId}/update`, { status: 'IN_PROGRESS', statusDetails: { step: 'slow' } });
  assert.deepEqual(await device.left(), []);
  await clock.advance(2);

  assert.deepEqual(await device.hearPending(), { QUEUED: [jobId] });
  const { execution: again } = await device.hear('notify-next');
  assert.deepEqual([again.jobId, again.executionNumber, again.status, again.versionNumber], [jobId, 2, 'QUEUED', 1]);
  assert.equal((await device.rejected('InvalidStateTransition', `${jobId}/update`, { status: 'SUCCEEDED', executionNumber: 1 })).status, 'TIMED_OUT');

  const { execution: second } = await device.ask('start-next', { stepTimeoutInMinutes: 1 });
  assert.equal(second.executionNumber, 2);
  assert.ok(second.approximateSecondsBeforeTimedOut <= 60);
  await clock.advance(61);

  assert.deepEqual([await device.hearPending(), await device.hear('notify-next')], [{}, {}]);
  assert.equal((await device.rejected('InvalidStateTransition', `${jobId}/update`, { status: 'SUCCEEDED' })).status, 'TIMED_OUT');
  assert.equal((await operator.execution(jobId, device)).executionNumber, 2);
};
