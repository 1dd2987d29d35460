import { down, tooOften } from './ways.mjs';

const execution = { jobId: 'none', thingName: 'none' };

// A job with a running execution on a thing of the same name.
const running = name => async given => {
  await given.job(name);
  await given.device('StartNextPendingJobExecution', { thingName: name });
  return { jobId: name, thingName: name };
};

export default {
  ListJobExecutionsForJob: {
    input: { jobId: 'none' },
    errors: {
      InvalidRequestException: { input: { maxResults: 0 } },
      ResourceNotFoundException: {},
      ThrottlingException: tooOften,
      ServiceUnavailableException: down,
    },
  },
  ListJobExecutionsForThing: {
    input: { thingName: 'none' },
    errors: {
      InvalidRequestException: { input: { status: 'DONE' } },
      ResourceNotFoundException: {},
      ThrottlingException: tooOften,
      ServiceUnavailableException: down,
    },
  },
  DescribeJobExecution: {
    input: execution,
    errors: {
      InvalidRequestException: { input: { jobId: '$next' } },
      ResourceNotFoundException: {},
      ThrottlingException: tooOften,
      ServiceUnavailableException: down,
    },
  },
  CancelJobExecution: {
    input: execution,
    errors: {
      InvalidRequestException: { input: { statusDetails: { 'no key': 'v' } } },
      InvalidStateTransitionException: { given: running('cancel-running') },
      ResourceNotFoundException: {},
      ThrottlingException: tooOften,
      ServiceUnavailableException: down,
      VersionConflictException: {
        given: async given => (await given.job('cancel-version'), { jobId: 'cancel-version', thingName: 'cancel-version', expectedVersion: 9 }),
      },
    },
  },
  DeleteJobExecution: {
    input: { ...execution, executionNumber: 1 },
    errors: {
      InvalidRequestException: { input: { namespaceId: 'not a name' } },
      InvalidStateTransitionException: { given: running('delete-running') },
      ResourceNotFoundException: {},
      ThrottlingException: tooOften,
      ServiceUnavailableException: down,
    },
  },
};
