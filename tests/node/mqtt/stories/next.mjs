import assert from 'node:assert/strict';

// A device follows $next through its jobs.
export default async ({ device, operator }) => {
  assert.deepEqual(await device.ask('$next/get'), {});
  const first = await operator.createJob('first', [device], { document: { number: 1 } });
  const second = await operator.createJob('second', [device], { document: { number: 2 } });

  const { execution } = await device.ask('$next/get');
  assert.deepEqual([execution.jobId, execution.status, execution.jobDocument], [first, 'QUEUED', { number: 1 }]);
  await device.ask(`${first}/update`, { status: 'SUCCEEDED' });
  const { execution: next } = await device.ask('$next/get', { includeJobDocument: false });
  assert.deepEqual([next.jobId, next.jobDocument], [second, undefined]);
  const { execution: same } = await device.ask(`${second}/get`, { executionNumber: next.executionNumber });
  assert.deepEqual([same.jobId, same.jobDocument], [second, { number: 2 }]);
  await device.ask(`${second}/update`, { status: 'SUCCEEDED', executionNumber: 1 });
  assert.deepEqual(await device.ask('$next/get'), {});
};
