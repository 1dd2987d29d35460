using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Registry;

/// <summary>What updates of static and dynamic groups have in common.</summary>
internal static class ThingGroupChange
{
    public const int MaxAttributes = 50;

    extension(Check check)
    {
        public void ThingGroupProperties(ThingGroupProperties? properties)
        {
            check.Text("thingGroupProperties.thingGroupDescription", properties?.ThingGroupDescription, 0, 2028, TextPattern.GroupDescription);
            check.Attributes("thingGroupProperties.attributePayload.attributes", properties?.AttributePayload?.Attributes, MaxAttributes);
        }
    }

    extension(ThingGroup group)
    {
        /// <summary>The group with other properties and the next version; what is not given stays.</summary>
        public ThingGroup With(JobsTransaction tx, ThingGroupProperties properties)
        {
            var attributes = properties.AttributePayload?.AppliedTo(group.Attributes) ?? group.Attributes;
            new Check(tx.Settings).Count("thingGroupProperties.attributePayload.attributes", attributes, 0, MaxAttributes);
            return group with
            {
                Description = properties.ThingGroupDescription ?? group.Description,
                Attributes = attributes,
                Version = group.Version + 1,
            };
        }
    }
}
