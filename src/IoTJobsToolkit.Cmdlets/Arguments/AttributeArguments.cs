using System.Collections;
using System.Management.Automation;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets.Arguments;

/// <summary>Attributes are given in one of two ways: by themselves, or as AWS's payload.</summary>
internal static class AttributeArguments
{
    /// <param name="merge">What -Merge says; null where it was not given.</param>
    public static AttributePayload? Payload(PSCmdlet cmdlet, Hashtable? attribute, AttributePayload? payload, bool? merge = null)
    {
        if (attribute is not null && payload is not null)
        {
            var exception = new ArgumentException("Attributes were given twice: by -Attribute and by an attribute payload.");
            cmdlet.ThrowTerminatingError(new(exception, "AttributesGivenTwice", ErrorCategory.InvalidArgument, attribute)
            {
                ErrorDetails = new(exception.Message) { RecommendedAction = "Leave one of the two out." },
            });
        }
        return attribute is null
            ? payload is null || merge is null ? payload : payload with { Merge = merge }
            : new() { Attributes = TextMap.Of(attribute), Merge = merge };
    }
}
