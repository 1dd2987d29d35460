import assert from 'node:assert/strict';

// A device that works with an old version is told how things are, and nothing changes; with that it goes on.
export default async ({ device, operator }) => {
  const jobId = await operator.createJob('update', [device]);
  await device.ask('start-next', { statusDetails: { step: '1' } });

  const state = await device.rejected('VersionMismatch', `${jobId}/update`, { status: 'SUCCEEDED', expectedVersion: 1 });
  assert.deepEqual(state, { status: 'IN_PROGRESS', statusDetails: { step: '1' }, versionNumber: 2 });
  assert.equal((await operator.execution(jobId, device)).status, 'IN_PROGRESS');
  await device.ask(`${jobId}/update`, { status: 'SUCCEEDED', expectedVersion: state.versionNumber });

  await device.rejected('InvalidRequest', `${jobId}/update`, { status: 'QUEUED' });
  await device.rejected('InvalidTopic', '$next/update', { status: 'SUCCEEDED' });
};
