// Options that make AWS's SDK a device: it shows its certificate, or sends its token, and signs nothing.
import https from 'node:https';

export const deviceOptions = ({ endpoint, ca, cert, key, token, keepAlive = true }) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  signer: {
    sign: async request => {
      if (token) request.headers.authorization = `Bearer ${token}`;
      return request;
    },
  },
  requestHandler: { httpsAgent: new https.Agent({ ca, cert, key, keepAlive }) },
});
