// How errors are provoked that take more than a request: on which server, and what cannot be provoked.
export const arn = (kind, name) => `arn:aws:iot:us-east-1:123456789012:${kind}/${name}`;

// A server with AWS's request rates, called until it is too often.
export const tooOften = { on: 'busy' };

// A server whose store has broken: nothing can be read or written any more.
export const down = { on: 'broken' };

// A server whose store answers every read with a fault that nobody foresaw.
export const fault = { on: 'faulty' };

// A server that is full: whoever asks it for more has filled it first.
export const full = { on: 'full' };

// A key that may look and change nothing.
export const viewer = { on: 'viewer' };

// A device's certificate, on the control plane: what even a key that may only look may do is refused to no key.
export const device = { on: 'device' };

// A device's certificate which has been revoked.
export const revoked = { on: 'revoked' };

// What an operation may answer and never does, with the reason.
export function never(reason) {
  return { never: reason };
}
