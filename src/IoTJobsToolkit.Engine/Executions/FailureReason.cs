using System.Text.RegularExpressions;

namespace IoTJobsToolkit.Engine.Executions;

/// <summary>Why an execution did not succeed, in the device's own words where it gave any: failures with the same words are one cause.</summary>
public static partial class FailureReason
{
    /// <summary>Longest reason; what is longer is cut, so that a device which reports a whole log does not fill a page.</summary>
    public const int MaxLength = 120;

    /// <summary>Stands for what differs from device to device and from attempt to attempt.</summary>
    private const string Any = "#";

    /// <summary>Members of statusDetails in which devices say why, the most telling first.</summary>
    private static readonly string[] Keys = ["reason", "reasonCode", "failureReason", "errorCode", "error", "message"];

    extension(JobExecutionStatus status)
    {
        /// <summary>Whether it is one that an abort criterion counts: FAILED, REJECTED or TIMED_OUT.</summary>
        public bool IsFailure => status is JobExecutionStatus.FAILED or JobExecutionStatus.REJECTED or JobExecutionStatus.TIMED_OUT;
    }

    /// <summary>
    /// The first of the telling details which is not empty, else all details where they are short, else the status in words. One line of at most
    /// <see cref="MaxLength"/> characters, in which times, long numbers and ids are a <c>#</c>.
    /// </summary>
    public static string Of(JobExecution execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        return Told(execution.StatusDetails) ?? Together(execution.StatusDetails) ?? Words(execution.Status);
    }

    private static string? Told(IReadOnlyDictionary<string, string> details)
    {
        foreach (var key in Keys)
        {
            foreach (var (name, value) in details)
            {
                if (string.Equals(name, key, StringComparison.OrdinalIgnoreCase) && Line(value) is { Length: > 0 } line)
                {
                    return line.Length <= MaxLength ? line : $"{line.AsSpan(0, Cut(line)).TrimEnd()}…";
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

    private static string Words(JobExecutionStatus status) => status switch
    {
        JobExecutionStatus.TIMED_OUT => "Timed out",
        JobExecutionStatus.REJECTED => "Rejected",
        _ => "Failed",
    };

    private static string Line(string text) =>
        Varying().Replace(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), Any);

    /// <summary>Not between the two halves of a character.</summary>
    private static int Cut(string line) => char.IsHighSurrogate(line[MaxLength - 2]) ? MaxLength - 2 : MaxLength - 1;

    /// <summary>
    /// UUIDs; ISO times; MAC addresses; hexadecimal ids of twelve digits and more; numbers of six digits and more. Error codes are shorter, or begin
    /// with 0x, and stay, and so do versions.
    /// </summary>
    [GeneratedRegex(
        @"\b(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}" +
        @"|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?" +
        @"|[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}" +
        @"|(?=[a-f]*\d)[0-9a-f]{12,}" +
        @"|\d{6,})\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Varying();
}
