// Tells STORY with devices that connect by WAY: devices and operator are clients of AWS, the server is the one under test. Prints nothing when
// everything is as it should be; the first difference ends it.
import { Device } from './device.mjs';
import { clock } from './clock.mjs';
import * as operator from './operator.mjs';

const { STORY, WAY, DEVICES } = process.env;

const { default: story } = await import(`./stories/${STORY}.mjs`);
const devices = await Promise.all(JSON.parse(DEVICES).map(shown => Device.connect(WAY, shown)));
await story({ device: devices[0], other: devices[1], operator, clock });
await Promise.all(devices.map(device => device.end()));
process.exit();
