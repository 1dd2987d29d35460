using System.Buffers;
using System.Text.Json;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Wire.Json;

namespace IoTJobsToolkit.Wire.Errors;

/// <summary>A refusal read from its wire form, as AWS's SDKs read it (http-api 6).</summary>
/// <param name="Name">From the header, else the body's <c>code</c>, else its <c>__type</c>; null where none of them has one.</param>
internal sealed record ErrorReader(string? Name, string? Message)
{
    private const int LongestName = 100;

    public string? ResourceId { get; private init; }

    public string? ResourceArn { get; private init; }

    public JobExecutionState? ExecutionState { get; private init; }

    /// <param name="header">The value of <see cref="ErrorAnswer.Header"/>.</param>
    public static ErrorReader Read(string? header, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            return root.ValueKind == JsonValueKind.Object
                ? new(NameIn(header) ?? NameIn(Text(root, "code")) ?? NameIn(Text(root, "__type")), Text(root, "message") ?? Text(root, "Message"))
                {
                    ResourceId = Text(root, "resourceId"),
                    ResourceArn = Text(root, "resourceArn"),
                    ExecutionState = State(root),
                }
                : new(NameIn(header), null);
        }
        catch (JsonException)
        {
            return new(NameIn(header), null); // A page of something on the way.
        }
    }

    /// <summary><c>aws.iot#ThrottlingException:http://…</c> is a ThrottlingException.</summary>
    private static string? NameIn(string? text)
    {
        var name = text.AsSpan();
        name = name.IndexOf(':') is >= 0 and var colon ? name[..colon] : name;
        name = name[(name.IndexOf('#') + 1)..].Trim();
        return name.Length is > 0 and <= LongestName && !name.ContainsAnyExcept(NameCharacters) ? name.ToString() : null;
    }

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    private static string? Text(JsonElement root, string name)
    {
        try
        {
            return root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // Half of a surrogate pair.
        }
    }

    private static JobExecutionState? State(JsonElement root)
    {
        try
        {
            return root.TryGetProperty("executionState", out var state) && state.ValueKind == JsonValueKind.Object
                ? state.Deserialize(WireJson.Aws.TypeOf<JobExecutionState>())
                : null;
        }
        catch (JsonException)
        {
            return null; // The refusal counts without it.
        }
    }
}
