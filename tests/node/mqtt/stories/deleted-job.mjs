import assert from 'node:assert/strict';

// A job is deleted while a device works on it: the device is told, and the job is not there any more.
export default async ({ device, operator }) => {
  const jobId = await operator.createJob('update', [device]);
  await device.hear('notify');
  await device.hear('notify-next');
  await device.ask('start-next');

  await operator.deleteJob(jobId);

  assert.deepEqual([await device.hearPending(), await device.hear('notify-next')], [{}, {}]);
  await device.rejected('ResourceNotFound', `${jobId}/update`, { status: 'SUCCEEDED' });
  await device.rejected('ResourceNotFound', `${jobId}/get`);
  assert.deepEqual(await device.ask('get'), { inProgressJobs: [], queuedJobs: [] });
};
