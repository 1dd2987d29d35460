import { down, revoked, tooOften } from './ways.mjs';

const execution = { jobId: 'none', thingName: 'none' };
const noName = { thingName: 'not a name' };

// A job whose execution on a thing of the same name has ended.
const ended = name => async given => {
  await given.job(name);
  await given.device('UpdateJobExecution', { jobId: name, thingName: name, status: 'SUCCEEDED', statusDetails: { done: 'yes' } });
  return { jobId: name, thingName: name };
};

export default {
  GetPendingJobExecutions: {
    input: { thingName: 'none' },
    errors: {
      InvalidRequestException: { input: noName },
      ResourceNotFoundException: {},
      ThrottlingException: tooOften,
      ServiceUnavailableException: down,
      CertificateValidationException: revoked,
    },
  },
  StartNextPendingJobExecution: {
    input: { thingName: 'none' },
    errors: {
      InvalidRequestException: { input: { stepTimeoutInMinutes: 0 } },
      ResourceNotFoundException: {},
      ThrottlingException: tooOften,
      ServiceUnavailableException: down,
      CertificateValidationException: revoked,
    },
  },
  DescribeJobExecution: {
    input: execution,
    errors: {
      InvalidRequestException: { input: { jobId: '$last' } },
      ResourceNotFoundException: {},
      ThrottlingException: tooOften,
      ServiceUnavailableException: down,
      CertificateValidationException: revoked,
      TerminalStateException: { given: ended('described') },
    },
  },
  UpdateJobExecution: {
    input: { ...execution, status: 'IN_PROGRESS' },
    errors: {
      InvalidRequestException: { input: { status: 'QUEUED' } },
      ResourceNotFoundException: {},
      ThrottlingException: tooOften,
      ServiceUnavailableException: down,
      CertificateValidationException: revoked,
      InvalidStateTransitionException: {
        given: ended('updated'),
        members: { executionState: { status: 'SUCCEEDED', statusDetails: { done: 'yes' }, versionNumber: 2 } },
      },
    },
  },
};
