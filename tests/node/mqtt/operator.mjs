// The operator of a device story, by AWS's own SDK.
import { arn, control } from '../sdk-client.mjs';

// A job for things, named for the first of them so that it is no other story's.
export const createJob = async (name, devices, { document = { operation: name }, ...more } = {}) => {
  const jobId = `${devices[0].thing}-${name}`;
  await control('CreateJob', {
    jobId, document: JSON.stringify(document), targets: devices.map(device => `${arn('thing')}/${device.thing}`), ...more,
  });
  return jobId;
};

export const execution = async (jobId, device) =>
  (await control('DescribeJobExecution', { jobId, thingName: device.thing })).execution;

export const cancelExecution = (jobId, device, more = {}) => control('CancelJobExecution', { jobId, thingName: device.thing, ...more });

export const cancelJob = (jobId, more = {}) => control('CancelJob', { jobId, ...more });

export const deleteJob = jobId => control('DeleteJob', { jobId, force: true });

// The execution when it has ended.
export const ended = async (jobId, device) => {
  for (const until = Date.now() + 60000; ;) {
    const found = await execution(jobId, device);
    if (!['QUEUED', 'IN_PROGRESS'].includes(found.status)) return found;
    if (Date.now() > until) throw new Error(`${jobId} is still ${found.status}`);
  }
};
