// Operators of MQTT over WebSocket, by AWS's device SDK and by MQTT.js with an address signed elsewhere. Prints what is wrong.
const fs = require('fs');
const awsIot = require('aws-iot-device-sdk');
const mqtt = require('mqtt');

const { HOST, PORT, CA, KEY_ID, SECRET, SIGNED } = process.env;

const connected = (name, client) => new Promise((resolve, reject) => {
  const end = setTimeout(() => reject(new Error(`${name} did not connect`)), 60000);
  client.on('connect', () => {
    clearTimeout(end);
    client.publish('sdk/' + name, 'x', { qos: 1 }, error => {
      client.end(true);
      error ? reject(error) : resolve();
    });
  });
  client.on('error', error => {
    client.end(true);
    reject(new Error(`${name}: ${error.message}`));
  });
});

(async () => {
  await connected('aws-iot-device-sdk', awsIot.device({
    clientId: 'aws-iot-device-sdk', protocol: 'wss', host: HOST, port: Number(PORT), region: 'us-east-1',
    accessKeyId: KEY_ID, secretKey: SECRET, sessionToken: undefined, websocketOptions: { ca: fs.readFileSync(CA) },
  }));
  await connected('mqtt.js', mqtt.connect(SIGNED, { clientId: 'mqtt.js', protocolVersion: 5, ca: fs.readFileSync(CA), reconnectPeriod: 0 }));
})().catch(error => {
  console.log(error.message);
  process.exit(1);
}).then(() => process.exit());
