import { arn, device, down, tooOften } from './ways.mjs';

const resource = { resourceArn: arn('job', 'none') };
const noArn = { resourceArn: 'not an arn' };

export default {
  TagResource: {
    input: { ...resource, tags: [{ Key: 'k', Value: 'v' }] },
    errors: {
      InvalidRequestException: { input: { tags: [{ Key: 'aws:k', Value: 'v' }] } },
      InternalFailureException: down,
      ResourceNotFoundException: {},
      ThrottlingException: tooOften,
      LimitExceededException: {
        given: async given => {
          await given.job('tagged');
          return { resourceArn: arn('job', 'tagged'), tags: Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: 'v' })) };
        },
      },
    },
  },
  UntagResource: {
    input: { ...resource, tagKeys: ['k'] },
    errors: {
      InvalidRequestException: { input: noArn },
      InternalFailureException: down,
      ResourceNotFoundException: {},
      ThrottlingException: tooOften,
    },
  },
  ListTagsForResource: {
    input: resource,
    errors: {
      InvalidRequestException: { input: noArn },
      InternalFailureException: down,
      ResourceNotFoundException: {},
      ThrottlingException: tooOften,
    },
  },
  DescribeEndpoint: {
    input: {},
    errors: {
      InternalFailureException: down,
      InvalidRequestException: { input: { endpointType: 'iot:None' } },
      UnauthorizedException: device,
      ThrottlingException: tooOften,
    },
  },
  DescribeEventConfigurations: {
    input: {},
    errors: {
      InternalFailureException: down,
      ThrottlingException: tooOften,
    },
  },
  UpdateEventConfigurations: {
    input: { eventConfigurations: { JOB: { Enabled: true } } },
    errors: {
      InvalidRequestException: { input: { eventConfigurations: { NONE: { Enabled: true } } } },
      InternalFailureException: down,
      ThrottlingException: tooOften,
    },
  },
};
