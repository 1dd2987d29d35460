namespace IoTJobsToolkit.Wire.Tests.SideBySide;

/// <summary>A fleet's few hours as AWS's clients and devices live them: each operation of AWS at least once, at fixed times.</summary>
internal sealed class Story(Conversation c)
{
    private const string Arn = "arn:aws:iot:us-east-1:123456789012:";

    public static IReadOnlyList<string> Things { get; } = ["lamp-1", "lamp-2", "lamp-3"];

    public static IReadOnlyList<string> Jobs { get; } = ["config", "firmware", "window"];

    private IReadOnlyList<(double At, Func<Task> Do)> Steps =>
    [
        (0, RegistryAsync),
        (10, TemplatesAsync),
        (20, () => c.AskAsync(Plane.Control, "PUT /jobs/config", $$"""{"targets":["{{Arn}}thing/lamp-1","{{Arn}}thing/lamp-2"],"document":"{\"a\":1}","description":"first"}""")),
        (30, () => c.AskAsync(Plane.Control, "PUT /jobs/firmware", $$"""
            {"targets":["{{Arn}}thinggroup/world"],"document":"{\"b\":2}","targetSelection":"CONTINUOUS","timeoutConfig":{"inProgressTimeoutInMinutes":30},
            "jobExecutionsRolloutConfig":{"maximumPerMinute":50},"jobExecutionsRetryConfig":{"criteriaList":[{"failureType":"FAILED","numberOfRetries":2}]},
            "abortConfig":{"criteriaList":[{"failureType":"REJECTED","action":"CANCEL","thresholdPercentage":90,"minNumberOfExecutedThings":3}]} }
            """)),
        (40, () => c.AskAsync(Plane.Control, "PUT /jobs/window", $$"""
            {"targets":["{{Arn}}thing/lamp-3"],"document":"{}","schedulingConfig":{"startTime":"2026-12-02 00:00","endTime":"2026-12-05 00:00","endBehavior":"STOP_ROLLOUT"} }
            """)),
        (50, UpdatesAsync),
        (100, () => c.AskAsync(Plane.Data, "PUT /things/lamp-1/jobs/$next", """{"statusDetails":{"step":"1"}}""")),
        (110, () => c.AskAsync(Plane.Data, "POST /things/lamp-1/jobs/config", """{"status":"FAILED","statusDetails":{"reason":"battery low"},"includeJobExecutionState":true}""")),
        (120, () => c.PublishAsync("lamp-2", "start-next", """{"stepTimeoutInMinutes":5,"clientToken":"s"}""")),
        (130, () => c.PublishAsync("lamp-2", "config/update", """{"status":"SUCCEEDED","expectedVersion":"2"}""")),
        (140, () => c.PublishAsync("lamp-2", "config/update", """{"status":"SUCCEEDED"}""")),
        (150, () => c.PublishAsync("lamp-1", "start-next")),
        (160, () => c.PublishAsync("lamp-1", "firmware/update", """{"status":"FAILED","statusDetails":{"reason":"signature"}}""")),
        (200, () => c.AskAsync(Plane.Control, "PUT /things/lamp-2/jobs/firmware/cancel?force=true", """{"statusDetails":{"why":"replaced"}}""")),
        (300, () => c.PublishAsync("lamp-1", "firmware/update", """{"status":"IN_PROGRESS","includeJobDocument":true}""")),
        (4_000, () => c.AskAsync(Plane.Control, "GET /jobs/firmware")),
        (90_000, () => c.PublishAsync("lamp-3", "start-next")),
        (90_010, () => c.PublishAsync("lamp-3", "window/update", """{"status":"REJECTED"}""")),
        (90_020, () => c.AskAsync(Plane.Control, "PUT /jobs/firmware/cancel?force=true", """{"reasonCode":"R","comment":"no more"}""")),
        (90_030, DeletionsAsync),
    ];

    public async Task RunAsync()
    {
        foreach (var (at, step) in Steps)
        {
            c.At(at);
            await step();
            await c.GoAsideAsync();
            await c.LookAsync();
        }
    }

    private async Task RegistryAsync()
    {
        foreach (var thing in Things.Append("spare"))
        {
            await c.AskAsync(Plane.Control, $"POST /things/{thing}", """{"attributePayload":{"attributes":{"site":"north"}}}""");
        }
        await c.AskAsync(Plane.Control, "PATCH /things/lamp-2", """{"attributePayload":{"attributes":{"site":"south"}}}""");
        await c.AskAsync(Plane.Control, "POST /thing-groups/world");
        await c.AskAsync(Plane.Control, "POST /thing-groups/eu", """{"parentGroupName":"world"}""");
        await c.AskAsync(Plane.Control, "PATCH /thing-groups/eu", """{"thingGroupProperties":{"thingGroupDescription":"here"}}""");
        await c.AskAsync(Plane.Control, "POST /dynamic-thing-groups/old", """{"queryString":"attributes.site:south"}""");
        await c.AskAsync(Plane.Control, "PATCH /dynamic-thing-groups/old", """{"thingGroupProperties":{},"queryString":"attributes.site:north"}""");
        foreach (var thing in Things.Append("spare"))
        {
            await c.AskAsync(Plane.Control, "PUT /thing-groups/addThingToThingGroup", $$"""{"thingGroupName":"world","thingName":"{{thing}}"}""");
        }
        await c.AskAsync(Plane.Control, "PUT /thing-groups/removeThingFromThingGroup", """{"thingGroupName":"world","thingName":"spare"}""");
        await c.AskAsync(Plane.Control, "PUT /thing-groups/updateThingGroupsForThing", """{"thingName":"spare","thingGroupsToAdd":["eu"]}""");
        await c.AskAsync(Plane.Control, "PATCH /event-configurations", """{"eventConfigurations":{"JOB":{"Enabled":true},"JOB_EXECUTION":{"Enabled":true}}}""");
    }

    private Task<WireAnswer> TemplatesAsync() => c.AskAsync(Plane.Control, "PUT /job-templates/nightly", """{"description":"at night","document":"{}"}""");

    private async Task UpdatesAsync()
    {
        await c.AskAsync(Plane.Control, "PATCH /jobs/firmware", """{"description":"second"}""");
        await c.AskAsync(Plane.Control, "POST /jobs/firmware/targets", $$"""{"targets":["{{Arn}}thing/spare"]}""");
        await c.AskAsync(Plane.Control, "POST /tags", $$"""{"resourceArn":"{{Arn}}job/firmware","tags":[{"Key":"team","Value":"a"},{"Key":"gone","Value":"b"}]}""");
        await c.AskAsync(Plane.Control, "POST /untag", $$"""{"resourceArn":"{{Arn}}job/firmware","tagKeys":["gone"]}""");
    }

    private async Task DeletionsAsync()
    {
        await c.AskAsync(Plane.Control, "DELETE /things/lamp-2/jobs/config/executionNumber/1");
        await c.AskAsync(Plane.Control, "DELETE /jobs/config?force=true");
        await c.AskAsync(Plane.Control, "DELETE /job-templates/nightly");
        await c.AskAsync(Plane.Control, "DELETE /dynamic-thing-groups/old");
        await c.AskAsync(Plane.Control, "DELETE /thing-groups/eu");
        await c.AskAsync(Plane.Control, "DELETE /things/spare");
    }
}
