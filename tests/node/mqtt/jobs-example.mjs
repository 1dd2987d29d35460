// examples/jobs-example.js of AWS's device SDK works on the jobs of one thing: those with the operation that it knows, and others.
import assert from 'node:assert/strict';
import { Example } from './example.mjs';
import * as operator from './operator.mjs';

const [device] = JSON.parse(process.env.DEVICES);
const before = await operator.createJob('before', [device], { document: { operation: 'customJob' } });

const example = new Example('jobs-example.js', device);
try {
  await example.says(`startJobNotifications completed for thing: ${device.thing}`);
  await example.says(`customJob operation handler invoked, jobId: ${before}`);
  const first = await operator.ended(before, device);
  assert.deepEqual([first.status, first.statusDetails.detailsMap], ['SUCCEEDED', { operation: 'customJob', step: 'finished all steps' }]);

  const unknown = await operator.createJob('unknown', [device], { document: { operation: 'dance' } });
  const custom = await operator.createJob('custom', [device], { document: { operation: 'customJob' } });
  await example.says(`default job handler invoked, jobId: ${unknown}`);
  const second = await operator.ended(unknown, device);
  assert.deepEqual([second.status, second.statusDetails.detailsMap], ['FAILED', { operation: 'dance', errorCondition: 'not yet implemented' }]);
  assert.equal((await operator.ended(custom, device)).status, 'SUCCEEDED');
  assert.deepEqual(example.errors, []);
} finally {
  await example.end();
}
