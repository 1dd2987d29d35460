// Every exception which AWS's model names for an operation, with how it is provoked. An operation has a request that fits; a row says what is
// different about it (input), what must be there first and adds to the request (given), on which server (on), and what the exception carries
// besides its message (members).
import devices from './devices.mjs';
import executions from './executions.mjs';
import groups from './groups.mjs';
import jobs from './jobs.mjs';
import support from './support.mjs';
import templates from './templates.mjs';
import things from './things.mjs';

export const table = {
  'iot': { ...jobs, ...executions, ...templates, ...things, ...groups, ...support },
  'iot-jobs-data': devices,
};

export const rows = Object.entries(table).flatMap(([service, operations]) =>
  Object.entries(operations).flatMap(([operation, { input, errors }]) =>
    Object.entries(errors).map(([error, row]) => ({ service, operation, error, ...row, input: { ...input, ...row.input } }))));
