// examples/jobs-agent.js of AWS's device SDK tells how it is, and installs what a job names, from where the job says.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Example } from './example.mjs';
import * as operator from './operator.mjs';

const [device] = JSON.parse(process.env.DEVICES);
const folder = await mkdtemp(join(tmpdir(), 'jobs-agent-'));
await writeFile(join(folder, 'source.bin'), 'version 2');
const install = (name, file) => operator.createJob(name, [device], {
  document: {
    operation: 'install', packageName: name, workingDirectory: folder,
    files: [{ fileName: 'firmware.bin', fileSource: { url: pathToFileURL(join(folder, file)).href } }],
  },
});

const agent = new Example('jobs-agent.js', device, folder);
try {
  await agent.says(`startJobNotifications completed for thing: ${device.thing}`);
  const status = await operator.ended(await operator.createJob('status', [device], { document: { operation: 'systemStatus' } }), device);
  assert.deepEqual([status.status, status.statusDetails.detailsMap.nodeVersion], ['SUCCEEDED', process.version]);
  assert.match(status.statusDetails.detailsMap.uptime, /^[0-9.]+$/);

  const installed = await operator.ended(await install('firmware', 'source.bin'), device);
  assert.deepEqual([installed.status, installed.statusDetails.detailsMap.state], ['SUCCEEDED', 'package files installed']);

  const missing = await operator.ended(await install('missing', 'nothing.bin'), device);
  assert.deepEqual([missing.status, missing.statusDetails.detailsMap.errorCode], ['FAILED', 'ERR_DOWNLOAD_FAILED']);
  assert.equal(await readFile(join(folder, 'firmware.bin'), 'utf8'), 'version 2');
  assert.deepEqual(agent.errors, []);
} finally {
  await agent.end();
  await rm(folder, { recursive: true });
}
