// Ways to connect a device, each by a client that people use with AWS IoT, unmodified.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

// The packages may lie elsewhere than beside this file: NODE_PATH counts for require only.
const require = createRequire(import.meta.url);
const awsIot = require('aws-iot-device-sdk');
const mqtt = require('mqtt');

const { HOST, TLS_PORT, PLAIN_PORT, HTTPS_PORT, CA } = process.env;

// AWS's device SDK sends an empty one too, and a key like this one has none.
delete process.env.AWS_SESSION_TOKEN;

const mqttJs = (protocolVersion, options) => mqtt.connect({ protocolVersion, reconnectPeriod: 0, clean: true, ...options });
const byCertificate = ({ cert, key }) => ({ keyPath: key, certPath: cert, caPath: CA });

// Of a device with its thing's name and what it shows; the client id is the thing's name, as AWS advises.
export const clients = {
  'AWS SDK, certificate': ({ thing, ...shown }) => awsIot.device({ ...byCertificate(shown), clientId: thing, host: HOST, port: Number(TLS_PORT) }),
  'AWS SDK, certificate, ALPN': ({ thing, ...shown }) => awsIot.device({
    ...byCertificate(shown), clientId: thing, host: HOST, port: Number(HTTPS_PORT), ALPNProtocols: ['x-amzn-mqtt-ca'],
  }),
  'AWS SDK, signed WebSocket': ({ thing }) => awsIot.device({
    protocol: 'wss', clientId: thing, host: HOST, port: Number(HTTPS_PORT), region: process.env.REGION,
    accessKeyId: process.env.AWS_ACCESS_KEY_ID, secretKey: process.env.AWS_SECRET_ACCESS_KEY, sessionToken: undefined,
    websocketOptions: { ca: readFileSync(CA) },
  }),
  'MQTT.js, 3.1.1, token': ({ thing, token }) => mqttJs(4, { protocol: 'mqtt', host: HOST, port: Number(PLAIN_PORT), clientId: thing, username: thing, password: token }),
  'MQTT.js, 5, certificate': ({ thing, cert, key }) => mqttJs(5, {
    protocol: 'mqtts', host: HOST, port: Number(TLS_PORT), clientId: thing, ca: readFileSync(CA), cert: readFileSync(cert), key: readFileSync(key),
  }),
};
