import assert from 'node:assert/strict';

// A device fails one job and rejects another without having begun it, each with the reason; the next one takes its place.
export default async ({ device, operator }) => {
  const failing = await operator.createJob('failing', [device]);
  const unwanted = await operator.createJob('unwanted', [device]);
  assert.equal((await device.hear('notify-next')).execution.jobId, failing);

  await device.ask('start-next');
  await device.ask(`${failing}/update`, { status: 'FAILED', statusDetails: { reason: 'disk full' } });
  assert.equal((await device.hear('notify-next')).execution.jobId, unwanted);
  await device.ask(`${unwanted}/update`, { status: 'REJECTED', statusDetails: { reason: 'not for this model' } });
  assert.deepEqual(await device.hear('notify-next'), {});

  const ends = await Promise.all([failing, unwanted].map(jobId => operator.execution(jobId, device)));
  assert.deepEqual(ends.map(end => [end.status, end.statusDetails.detailsMap.reason]), [['FAILED', 'disk full'], ['REJECTED', 'not for this model']]);
  assert.equal(await device.rejected('InvalidStateTransition', `${unwanted}/update`, { status: 'SUCCEEDED' }).then(state => state.status), 'REJECTED');
};
