namespace IoTJobsToolkit.Wire.Tests.SideBySide;

/// <summary>
/// Features of the toolkit which must not show in the answers of AWS. What is read below <c>/toolkit/</c> comes from the routes; a feature that changes
/// something is a line here.
/// </summary>
internal static class Features
{
    /// <summary>After each step; a request which the moment refuses is tried after the next.</summary>
    public static IReadOnlyList<(string Request, string Body)> Asides { get; } =
    [
        ("POST /toolkit/jobs/firmware/pause", """{"comment":"look first"}"""),
        ("POST /toolkit/jobs/firmware/resume", "{}"),
        ("POST /toolkit/jobs/window/pause", "{}"),
        ("POST /toolkit/jobs/window/resume", "{}"),
        ("PUT /toolkit/retention", """{"days":60}"""),
        ("POST /toolkit/job-history/clear", """{"olderThan":1796000000}"""),
    ];

    /// <summary>A job that AWS's client creates, made under controls which its story never meets; null for every other request.</summary>
    public static (string Request, string Body)? Controlled(string request, string body) => request is "PUT /jobs/config" or "PUT /jobs/firmware"
        ? ("POST /toolkit/jobs", $$"""
            {"job":{"jobId":"{{request["PUT /jobs/".Length..]}}",{{body.TrimStart()[1..]}},"priority":7,"maxInFlight":1000,"verificationInMinutes":5,
            "stages":[{"things":1000,"successPercentage":50}],
            "pauseCriteriaList":[{"failureType":"ALL","thresholdPercentage":1,"minNumberOfExecutedThings":1000}]}
            """)
        : null;
}
