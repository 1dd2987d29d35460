import { arn, down, full, tooOften } from './ways.mjs';

const none = { thingGroupName: 'none' };
const noName = { thingGroupName: 'not a name' };
const properties = { thingGroupProperties: {} };
const group = name => async given => (await given.control('CreateThingGroup', { thingGroupName: name }), { thingGroupName: name });
const dynamic = name => async given => {
  await given.control('CreateDynamicThingGroup', { thingGroupName: name, queryString: 'thingName:none' });
  return { thingGroupName: name };
};
const version = made => async given => ({ ...await made(given), expectedVersion: 9 });

export default {
  CreateThingGroup: {
    input: { thingGroupName: 'new' },
    errors: {
      InvalidRequestException: { input: { parentGroupName: 'none' } },
      ResourceAlreadyExistsException: {
        given: group('taken-group'),
        input: { thingGroupProperties: { thingGroupDescription: 'another' } },
        members: { resourceId: 'taken-group', resourceArn: arn('thinggroup', 'taken-group') },
      },
      ThrottlingException: tooOften,
      InternalFailureException: down,
    },
  },
  DescribeThingGroup: {
    input: none,
    errors: {
      InvalidRequestException: { input: noName },
      ThrottlingException: tooOften,
      InternalFailureException: down,
      ResourceNotFoundException: {},
    },
  },
  ListThingGroups: {
    input: {},
    errors: {
      InvalidRequestException: { input: { maxResults: 251 } },
      InternalFailureException: down,
      ResourceNotFoundException: { input: { parentGroup: 'none' } },
      ThrottlingException: tooOften,
    },
  },
  UpdateThingGroup: {
    input: { ...none, ...properties },
    errors: {
      InvalidRequestException: { given: dynamic('update-dynamic') },
      VersionConflictException: { given: version(group('update-group')) },
      ThrottlingException: tooOften,
      InternalFailureException: down,
      ResourceNotFoundException: {},
    },
  },
  DeleteThingGroup: {
    input: none,
    errors: {
      InvalidRequestException: {
        given: async given => {
          await group('parent')(given);
          await given.control('CreateThingGroup', { thingGroupName: 'child', parentGroupName: 'parent' });
          return { thingGroupName: 'parent' };
        },
      },
      VersionConflictException: { given: version(group('delete-group')) },
      ThrottlingException: tooOften,
      InternalFailureException: down,
    },
  },
  CreateDynamicThingGroup: {
    input: { thingGroupName: 'new-dynamic', queryString: 'thingName:none' },
    errors: {
      InvalidRequestException: { input: { queryVersion: '2000-01-01' } },
      ResourceAlreadyExistsException: {
        given: group('taken-by-static'),
        members: { resourceId: 'taken-by-static', resourceArn: arn('thinggroup', 'taken-by-static') },
      },
      ResourceNotFoundException: { input: { indexName: 'AWS_Other' } },
      ThrottlingException: tooOften,
      InternalFailureException: down,
      InvalidQueryException: { input: { queryString: 'thingName:(' } },
      LimitExceededException: { ...full, given: given => given.each(100, i => dynamic(`dynamic-${i}`)(given)) },
    },
  },
  UpdateDynamicThingGroup: {
    input: { ...none, ...properties },
    errors: {
      InvalidRequestException: { given: group('update-static') },
      VersionConflictException: { given: version(dynamic('update-version')) },
      ThrottlingException: tooOften,
      InternalFailureException: down,
      ResourceNotFoundException: {},
      InvalidQueryException: { input: { queryString: 'AND' } },
    },
  },
  DeleteDynamicThingGroup: {
    input: none,
    errors: {
      InvalidRequestException: { given: group('delete-static') },
      VersionConflictException: { given: version(dynamic('delete-version')) },
      ThrottlingException: tooOften,
      InternalFailureException: down,
    },
  },
  AddThingToThingGroup: {
    input: { ...none, thingName: 'none' },
    errors: {
      InvalidRequestException: { input: { thingName: undefined } },
      ThrottlingException: tooOften,
      InternalFailureException: down,
      ResourceNotFoundException: {},
    },
  },
  RemoveThingFromThingGroup: {
    input: { ...none, thingName: 'none' },
    errors: {
      InvalidRequestException: { input: { thingGroupName: undefined } },
      ThrottlingException: tooOften,
      InternalFailureException: down,
      ResourceNotFoundException: {},
    },
  },
  UpdateThingGroupsForThing: {
    input: { thingName: 'none', thingGroupsToAdd: ['none'] },
    errors: {
      InvalidRequestException: { input: { thingGroupsToRemove: ['none'] } },
      ThrottlingException: tooOften,
      InternalFailureException: down,
      ResourceNotFoundException: {},
    },
  },
  ListThingsInThingGroup: {
    input: none,
    errors: {
      InvalidRequestException: { input: { maxResults: 251 } },
      InternalFailureException: down,
      ResourceNotFoundException: {},
      ThrottlingException: tooOften,
    },
  },
  ListThingGroupsForThing: {
    input: { thingName: 'none' },
    errors: {
      InvalidRequestException: { input: { maxResults: 251 } },
      InternalFailureException: down,
      ResourceNotFoundException: {},
      ThrottlingException: tooOften,
    },
  },
};
