// examples/jobs-agent.js of AWS's device SDK tells how it is, and installs what a job names, from where the job says.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Example } from './example.mjs';
import * as operator from './operator.mjs';

const [device] = JSON.parse(process.env.DEVICES);
const folder = await mkdtemp(join(tmpdir(), 'jobs-agent-'));
const files = createServer((request, response) => response.writeHead(request.url === '/firmware.bin' ? 200 : 404).end('version 2'));
files.listen(0, '127.0.0.1');
await once(files, 'listening');
const install = (name, file) => operator.createJob(name, [device], {
  document: {
    operation: 'install', packageName: name, workingDirectory: folder,
    files: [{ fileName: 'firmware.bin', fileSource: { url: `http://127.0.0.1:${files.address().port}/${file}` } }],
  },
});

const agent = new Example('jobs-agent.js', device, folder);
try {
  await agent.says(`startJobNotifications completed for thing: ${device.thing}`);
  const status = await operator.ended(await operator.createJob('status', [device], { document: { operation: 'systemStatus' } }), device);
  assert.deepEqual([status.status, status.statusDetails.detailsMap.nodeVersion], ['SUCCEEDED', process.version]);
  assert.match(status.statusDetails.detailsMap.uptime, /^[0-9.]+$/);

  const installed = await operator.ended(await install('firmware', 'firmware.bin'), device);
  assert.deepEqual([installed.status, installed.statusDetails.detailsMap.state], ['SUCCEEDED', 'package installed']);
  assert.equal(await readFile(join(folder, 'firmware.bin'), 'utf8'), 'version 2');

  const missing = await operator.ended(await install('missing', 'nothing.bin'), device);
  assert.deepEqual([missing.status, missing.statusDetails.detailsMap.errorCode], ['FAILED', 'ERR_DOWNLOAD_FAILED']);
  assert.deepEqual(agent.errors, []);
} finally {
  await agent.end();
  files.close();
  await rm(folder, { recursive: true });
}
