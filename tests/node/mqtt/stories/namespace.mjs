import assert from 'node:assert/strict';

// A job of a namespace is told and asked for at that namespace's topics alone.
export default async ({ device, operator }) => {
  await device.subscribe('get-namespace-site/+', '+/namespace-site/get/+', '+/namespace-site/update/+', 'notify-namespace-site', 'notify-next-namespace-site');
  const jobId = await operator.createJob('update', [device], { namespaceId: 'site' });

  assert.deepEqual((await device.hear('notify-namespace-site')).jobs.QUEUED.map(job => job.jobId), [jobId]);
  assert.equal((await device.hear('notify-next-namespace-site')).execution.jobId, jobId);
  assert.deepEqual(await device.left(), []);
  assert.deepEqual((await device.ask('get')).queuedJobs, []);

  assert.deepEqual((await device.ask('get-namespace-site')).queuedJobs.map(job => job.jobId), [jobId]);
  assert.equal((await device.ask('$next/namespace-site/get')).execution.jobId, jobId);
  await device.ask(`${jobId}/namespace-site/update`, { status: 'IN_PROGRESS' });
  await device.ask(`${jobId}/namespace-site/update`, { status: 'SUCCEEDED' });

  assert.deepEqual((await device.hear('notify-namespace-site')).jobs, {});
  assert.deepEqual(await device.hear('notify-next-namespace-site'), {});
  assert.equal((await operator.execution(jobId, device)).status, 'SUCCEEDED');
};
