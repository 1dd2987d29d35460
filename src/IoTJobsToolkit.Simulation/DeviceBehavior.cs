using System.Text.Json;

namespace IoTJobsToolkit.Simulation;

/// <summary>
/// How simulated devices carry out their jobs. Shares are 0 to 1: of executions, but for <see cref="DuplicateShare"/> and <see cref="StaleShare"/>,
/// which are of reports. A job may say otherwise for itself, by the member <c>simulate</c> of its document with these names:
/// <c>{"simulate":{"failureShare":0.4,"reasons":["battery low"],"seconds":5}}</c>.
/// </summary>
public sealed record DeviceBehavior
{
    /// <summary>End as FAILED, with a reason in <c>statusDetails</c>.</summary>
    public double FailureShare { get; init; }

    /// <summary>End as REJECTED before anything is done.</summary>
    public double RejectionShare { get; init; }

    /// <summary>Begin, and nothing is heard of them any more: their timeout ends them, or somebody's cancel.</summary>
    public double SilenceShare { get; init; }

    /// <summary>Take ten times as long.</summary>
    public double SlownessShare { get; init; }

    /// <summary>Are sent twice, as a device does that missed the answer.</summary>
    public double DuplicateShare { get; init; }

    /// <summary>Are sent with a version that is past as well, as a device does that slept.</summary>
    public double StaleShare { get; init; }

    /// <summary>What failures give as their reason, each as often as the others.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = ["installation failed"];

    /// <summary>From the begin of an execution to its end, on average: one takes between half of it and one and a half.</summary>
    public double Seconds { get; init; } = 5;

    /// <summary>Reports of progress in between.</summary>
    public int Steps { get; init; } = 3;

    /// <summary>What the document says, and this where it says nothing.</summary>
    public DeviceBehavior For(string? document)
    {
        if (document is null || !document.Contains("\"simulate\"", StringComparison.Ordinal))
        {
            return this;
        }
        try
        {
            using var json = JsonDocument.Parse(document);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("simulate", out var said) && said.ValueKind == JsonValueKind.Object
                ? With(said)
                : this;
        }
        catch (JsonException)
        {
            return this; // A document over MQTT may be any text.
        }
    }

    private DeviceBehavior With(JsonElement said) => this with
    {
        FailureShare = Share(said, "failureShare") ?? FailureShare,
        RejectionShare = Share(said, "rejectionShare") ?? RejectionShare,
        SilenceShare = Share(said, "silenceShare") ?? SilenceShare,
        SlownessShare = Share(said, "slownessShare") ?? SlownessShare,
        DuplicateShare = Share(said, "duplicateShare") ?? DuplicateShare,
        StaleShare = Share(said, "staleShare") ?? StaleShare,
        Reasons = Texts(said) ?? Reasons,
        Seconds = Number(said, "seconds", 86_400) ?? Seconds,
        Steps = (int?)Number(said, "steps", 100) ?? Steps,
    };

    private static double? Share(JsonElement said, string name) => Number(said, name, 1);

    private static double? Number(JsonElement said, string name, double most) =>
        said.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? Math.Clamp(number, 0, most) : null;

    private static string[]? Texts(JsonElement said) =>
        said.TryGetProperty("reasons", out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0
            ? [.. list.EnumerateArray().Select(item => item.ToString())]
            : null;
}
