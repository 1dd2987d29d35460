import assert from 'node:assert/strict';

// Two devices work on one job, each on its own part of it: neither sees what the other is told and answered.
export default async ({ device, other, operator }) => {
  const jobId = await operator.createJob('update', [device, other]);
  for (const one of [device, other]) {
    assert.deepEqual(await one.hearPending(), { QUEUED: [jobId] });
    assert.equal((await one.hear('notify-next')).execution.jobId, jobId);
  }

  const begun = await Promise.all([device, other].map(one => one.ask('start-next', { statusDetails: { of: one.thing } })));
  assert.deepEqual(begun.map(({ execution }) => execution.thingName), [device.thing, other.thing]);
  await device.ask(`${jobId}/update`, { status: 'SUCCEEDED' });
  assert.deepEqual([await device.hearPending(), await device.hear('notify-next')], [{}, {}]);

  assert.deepEqual(await other.left(), []);
  const { execution } = await other.ask('$next/get');
  assert.deepEqual([execution.status, execution.statusDetails], ['IN_PROGRESS', { of: other.thing }]);
  await other.ask(`${jobId}/update`, { status: 'FAILED' });
  const ends = await Promise.all([device, other].map(one => operator.execution(jobId, one)));
  assert.deepEqual(ends.map(end => end.status), ['SUCCEEDED', 'FAILED']);
};
