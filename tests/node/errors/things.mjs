import { arn, device, down, fault, never, tooOften, viewer } from './ways.mjs';

const noName = { thingName: 'not a name' };
const thing = name => async given => (await given.control('CreateThing', { thingName: name }), { thingName: name });
const version = name => async given => ({ ...await thing(name)(given), expectedVersion: 9 });

export default {
  CreateThing: {
    input: { thingName: 'new' },
    errors: {
      InvalidRequestException: { input: noName },
      ThrottlingException: tooOften,
      UnauthorizedException: viewer,
      ServiceUnavailableException: down,
      InternalFailureException: fault,
      ResourceAlreadyExistsException: {
        given: thing('taken-thing'),
        input: { attributePayload: { attributes: { other: 'attribute' } } },
        members: { resourceId: /./, resourceArn: arn('thing', 'taken-thing') },
      },
      ResourceNotFoundException: { input: { billingGroupName: 'none' } },
    },
  },
  DescribeThing: {
    input: { thingName: 'none' },
    errors: {
      ResourceNotFoundException: {},
      InvalidRequestException: { input: noName },
      ThrottlingException: tooOften,
      UnauthorizedException: device,
      ServiceUnavailableException: down,
      InternalFailureException: fault,
    },
  },
  ListThings: {
    input: {},
    errors: {
      InvalidRequestException: { input: { maxResults: 251 } },
      ThrottlingException: tooOften,
      UnauthorizedException: device,
      ServiceUnavailableException: down,
      InternalFailureException: fault,
    },
  },
  UpdateThing: {
    input: { thingName: 'none' },
    errors: {
      InvalidRequestException: { input: { thingTypeName: 'type', removeThingType: true } },
      VersionConflictException: { given: version('update-version') },
      ThrottlingException: tooOften,
      UnauthorizedException: viewer,
      ServiceUnavailableException: down,
      InternalFailureException: fault,
      ResourceNotFoundException: {},
    },
  },
  DeleteThing: {
    input: { thingName: 'none' },
    errors: {
      ResourceNotFoundException: never('a thing that does not exist counts as deleted (http-api 12, DeleteThing)'),
      VersionConflictException: { given: version('delete-version') },
      InvalidRequestException: { input: noName },
      ThrottlingException: tooOften,
      UnauthorizedException: viewer,
      ServiceUnavailableException: down,
      InternalFailureException: fault,
    },
  },
};
