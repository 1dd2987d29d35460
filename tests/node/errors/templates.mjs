import { arn, down, full, tooOften } from './ways.mjs';

const noId = { jobTemplateId: 'not an id' };

// What reads or deletes one template.
const ofOneTemplate = {
  input: { jobTemplateId: 'none' },
  errors: {
    InvalidRequestException: { input: noId },
    ResourceNotFoundException: {},
    ThrottlingException: tooOften,
    InternalFailureException: down,
  },
};

export default {
  CreateJobTemplate: {
    input: { jobTemplateId: 'new', description: 'd', document: '{}' },
    errors: {
      InvalidRequestException: { input: noId },
      ResourceNotFoundException: { input: { document: undefined, jobArn: arn('job', 'none') } },
      ConflictException: {
        given: async given => {
          await given.control('CreateJobTemplate', { jobTemplateId: 'taken', description: 'd', document: '{}' });
          return { jobTemplateId: 'taken' };
        },
        members: { resourceId: 'taken' },
      },
      LimitExceededException: {
        ...full,
        given: given => given.each(100, i =>
          given.control('CreateJobTemplate', { jobTemplateId: `template-${i}`, description: 'd', document: '{}' })),
      },
      ThrottlingException: tooOften,
      InternalFailureException: down,
    },
  },
  DescribeJobTemplate: ofOneTemplate,
  DeleteJobTemplate: ofOneTemplate,
  ListJobTemplates: {
    input: {},
    errors: {
      InvalidRequestException: { input: { nextToken: 'not-a-token' } },
      ThrottlingException: tooOften,
      InternalFailureException: down,
    },
  },
  ListManagedJobTemplates: {
    input: {},
    errors: {
      InvalidRequestException: { input: { maxResults: 251 } },
      ResourceNotFoundException: { input: { templateName: 'none' } },
      ThrottlingException: tooOften,
      InternalServerException: down,
    },
  },
  DescribeManagedJobTemplate: {
    input: { templateName: 'AWS-Reboot' },
    errors: {
      InvalidRequestException: { input: { templateVersion: 'latest' } },
      ResourceNotFoundException: { input: { templateName: 'none' } },
      ThrottlingException: tooOften,
      InternalServerException: down,
    },
  },
};
