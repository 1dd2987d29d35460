using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Cmdlets.Connection;

/// <summary>The beginning which all ARNs of a place share.</summary>
internal static class Arns
{
    public static string Prefix(JobsSettings settings) => Prefix(settings.ThingArn("x"));

    /// <summary>Of <c>arn:aws:iot:us-east-1:123456789012:thing/lamp</c>, all up to the account's colon.</summary>
    public static string Prefix(string arn) => string.Join(':', arn.Split(':').Take(5)) + ":";

    public static string Thing(string prefix, string name) => $"{prefix}thing/{name}";

    public static string Group(string prefix, string name) => $"{prefix}thinggroup/{name}";
}
