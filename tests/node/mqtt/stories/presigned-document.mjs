import assert from 'node:assert/strict';

// A device gets an address to download from where the document has a placeholder, wherever the document comes to it.
export default async ({ device, operator }) => {
  const jobId = await operator.createJob('install', [device], {
    document: { operation: 'install', file: '${aws:iot:s3-presigned-url:https://s3.us-east-1.amazonaws.com/bucket/firmware.bin}' },
    presignedUrlConfig: { roleArn: 'arn:aws:iam::123456789012:role/S3DownloadRole', expiresInSec: 120 },
  });

  const { execution: told } = await device.hear('notify-next');
  const { execution: begun } = await device.ask('start-next');
  const { execution: described } = await device.ask(`${jobId}/get`);
  const { jobDocument: updated } = await device.ask(`${jobId}/update`, { status: 'IN_PROGRESS', includeJobDocument: true });

  for (const { file } of [told.jobDocument, begun.jobDocument, described.jobDocument, updated]) {
    const address = new URL(file);
    assert.match(address.pathname, /\/firmware\.bin$/);
    assert.deepEqual([address.searchParams.get('X-Amz-Expires'), address.searchParams.has('X-Amz-Signature')], ['120', true]);
  }
};
