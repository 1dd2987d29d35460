import assert from 'node:assert/strict';

// A job is canceled by force while a device works on it: the device is told, and what it reports afterwards is refused.
export default async ({ device, operator }) => {
  const jobId = await operator.createJob('update', [device]);
  assert.deepEqual(await device.hearPending(), { QUEUED: [jobId] });
  await device.hear('notify-next');
  await device.ask('start-next');

  await assert.rejects(operator.cancelExecution(jobId, device), { name: 'InvalidStateTransitionException' });
  await operator.cancelJob(jobId, { force: true, reasonCode: 'WRONG_FILE' });

  assert.deepEqual([await device.hearPending(), await device.hear('notify-next')], [{}, {}]);
  assert.equal((await device.rejected('InvalidStateTransition', `${jobId}/update`, { status: 'SUCCEEDED' })).status, 'CANCELED');
  await device.rejected('TerminalStateReached', `${jobId}/get`);
  const { status, forceCanceled } = await operator.execution(jobId, device);
  assert.deepEqual([status, forceCanceled], ['CANCELED', true]);
};
