using IoTJobsToolkit.Engine.Executions;

namespace IoTJobsToolkit.Portal.Components.Status;

/// <summary>Why an execution did not succeed, in the device's own words where it gave any: failures with the same words are one cause.</summary>
public static class FailureReason
{
    /// <summary>Longest reason; what is longer is cut, so that a device which reports a whole log does not fill a page.</summary>
    public const int MaxLength = 120;

    /// <summary>Members of statusDetails in which devices say why, the most telling first.</summary>
    private static readonly string[] Keys = ["reason", "reasonCode", "failureReason", "errorCode", "error", "message"];

    /// <summary>
    /// The first of the telling details which is not empty, else all details where they are short, else the status in words. One line of at most
    /// <see cref="MaxLength"/> characters.
    /// </summary>
    public static string Of(JobExecution execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        return Told(execution.StatusDetails) ?? Together(execution.StatusDetails) ?? execution.Status.Words();
    }

    private static string? Told(IReadOnlyDictionary<string, string> details)
    {
        foreach (var key in Keys)
        {
            foreach (var (name, value) in details)
            {
                if (string.Equals(name, key, StringComparison.OrdinalIgnoreCase) && Line(value) is { Length: > 0 } line)
                {
                    return line.Length <= MaxLength ? line : $"{line.AsSpan(0, MaxLength - 1).TrimEnd()}…";
                }
            }
        }
        return null;
    }

    /// <summary>In the order of their names: the same details are the same reason, whatever order a device reports them in.</summary>
    private static string? Together(IReadOnlyDictionary<string, string> details)
    {
        var line = Line(string.Join(", ", details.OrderBy(detail => detail.Key, StringComparer.Ordinal).Select(detail => $"{detail.Key}: {detail.Value}")));
        return line.Length is > 0 and <= MaxLength ? line : null;
    }

    private static string Line(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
