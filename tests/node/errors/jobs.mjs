import { arn, down, full, tooOften } from './ways.mjs';

const targets = [arn('thing', 'none')];
const noId = { jobId: 'not an id' };

// What reads one job.
const ofOneJob = {
  input: { jobId: 'none' },
  errors: {
    InvalidRequestException: { input: noId },
    ResourceNotFoundException: {},
    ThrottlingException: tooOften,
    ServiceUnavailableException: down,
  },
};

export default {
  CreateJob: {
    input: { jobId: 'new', targets, document: '{}' },
    errors: {
      InvalidRequestException: { input: noId },
      ResourceNotFoundException: {},
      ResourceAlreadyExistsException: {
        given: async given => ({ jobId: 'taken', targets: [await given.job('taken')] }),
        members: { resourceId: 'taken', resourceArn: arn('job', 'taken') },
      },
      LimitExceededException: { given: async given => ({ targets: await given.things(101) }) },
      ThrottlingException: tooOften,
      ServiceUnavailableException: down,
    },
  },
  DescribeJob: ofOneJob,
  UpdateJob: {
    input: { jobId: 'none', description: 'd' },
    errors: {
      InvalidRequestException: { input: { description: 'a\nb' } },
      ResourceNotFoundException: {},
      ThrottlingException: tooOften,
      ServiceUnavailableException: down,
    },
  },
  CancelJob: {
    input: { jobId: 'none' },
    errors: {
      InvalidRequestException: { input: { reasonCode: 'lower' } },
      ResourceNotFoundException: {},
      ThrottlingException: tooOften,
      ServiceUnavailableException: down,
      LimitExceededException: {
        ...full,
        given: async given => {
          await given.job('at-rest');
          await given.jobsAtWork(500);
          return { jobId: 'at-rest' };
        },
      },
    },
  },
  DeleteJob: {
    input: { jobId: 'none' },
    errors: {
      InvalidRequestException: { input: noId },
      InvalidStateTransitionException: { given: async given => (await given.job('running'), { jobId: 'running' }) },
      ResourceNotFoundException: {},
      LimitExceededException: {
        given: async given => {
          for (let i = 0; i < 10; i++) {
            await given.job(`leaving-${i}`);
            await given.control('DeleteJob', { jobId: `leaving-${i}`, force: true });
          }
          await given.job('one-too-many');
          return { jobId: 'one-too-many', force: true };
        },
      },
      ThrottlingException: tooOften,
      ServiceUnavailableException: down,
    },
  },
  GetJobDocument: ofOneJob,
  ListJobs: {
    input: {},
    errors: {
      InvalidRequestException: { input: { maxResults: 251 } },
      ResourceNotFoundException: { input: { thingGroupName: 'none' } },
      ThrottlingException: tooOften,
      ServiceUnavailableException: down,
    },
  },
  AssociateTargetsWithJob: {
    input: { jobId: 'none', targets },
    errors: {
      InvalidRequestException: { given: async given => ({ jobId: 'snapshot', targets: [await given.job('snapshot')] }) },
      ResourceNotFoundException: {},
      LimitExceededException: {
        given: async given => {
          await given.job('many-targets', { targetSelection: 'CONTINUOUS' });
          return { jobId: 'many-targets', targets: await given.things(100) };
        },
      },
      ThrottlingException: tooOften,
      ServiceUnavailableException: down,
    },
  },
};
