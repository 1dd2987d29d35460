namespace IoTJobsToolkit.Wire.Tests.SideBySide;

/// <summary>Requests of routes that read: of every name which the story knows, alone and with each of the route's query members.</summary>
internal static class Reads
{
    private const string Arn = "arn:aws:iot:us-east-1:123456789012:";

    private static readonly Dictionary<string, string[]> Names = new()
    {
        ["jobId"] = [.. Story.Jobs],
        ["thingName"] = [.. Story.Things],
        ["thingGroupName"] = ["world", "eu", "old"],
        ["jobTemplateId"] = ["nightly"],
        ["templateName"] = ["AWS-Reboot"],
        ["simulationName"] = ["fleet"],
    };

    private static readonly Dictionary<string, string> Samples = new()
    {
        ["attributeName"] = "site",
        ["attributeValue"] = "north",
        ["beforeSubstitution"] = "true",
        ["endpointType"] = "iot:Jobs",
        ["executionNumber"] = "1",
        ["includeJobDocument"] = "true",
        ["jobId"] = "firmware",
        ["maxResults"] = "1",
        ["namePrefixFilter"] = "w",
        ["namespaceId"] = "another",
        ["parentGroup"] = "world",
        ["recursive"] = "true",
        ["resourceArn"] = Arn + "job/firmware",
        ["status"] = "IN_PROGRESS",
        ["targetSelection"] = "SNAPSHOT",
        ["templateName"] = "AWS-Reboot",
        ["templateVersion"] = "1.0",
        ["thingGroupName"] = "world",
        ["thingName"] = "lamp-1",
        ["thingTypeName"] = "lamp",
        ["usePrefixAttributeValue"] = "true",
    };

    public static IReadOnlyList<string> Things => Story.Things;

    public static IReadOnlyList<string> Jobs => Story.Jobs;

    public static IEnumerable<(Plane Plane, string Request)> Of(IEnumerable<Route> routes) =>
        from route in routes
        from path in Paths(route)
        from query in Queries(route)
        select (route.Plane, $"{route.Method} {path}{query}");

    private static IEnumerable<string> Paths(Route route)
    {
        IEnumerable<string> paths = [route.Path];
        foreach (var member in route.PathMembers)
        {
            Assert.True(Names.TryGetValue(member, out var names), $"{route.Path}: give names for {member}, so that the route is read.");
            paths = paths.SelectMany(path => names!.Select(name => path.Replace($"{{{member}}}", Uri.EscapeDataString(name), StringComparison.Ordinal))).ToList();
        }
        return paths;
    }

    private static IEnumerable<string> Queries(Route route)
    {
        yield return "";
        // Ours are read to be in use; with which of their members does not matter.
        foreach (var member in route.IsExtension ? [] : route.QueryMembers.Where(member => member is not ("nextToken" or "thingGroupId")))
        {
            Assert.True(Samples.TryGetValue(member, out var sample), $"{route.Path}: give a sample of {member}, so that the route is read with it.");
            yield return $"?{member}={Uri.EscapeDataString(sample!)}";
        }
    }
}
