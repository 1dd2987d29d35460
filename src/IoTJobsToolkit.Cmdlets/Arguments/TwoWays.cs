using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Arguments;

/// <summary>What can be said in two ways is said in one.</summary>
internal static class TwoWays
{
    /// <summary>By what was said twice.</summary>
    private static readonly Dictionary<string, string> Ids = new()
    {
        ["time"] = "TimeGivenTwice",
        ["rollout"] = "RolloutGivenTwice",
        ["abort"] = "AbortGivenTwice",
        ["timeout"] = "TimeoutGivenTwice",
        ["retry"] = "RetryGivenTwice",
        ["document"] = "DocumentGivenTwice",
    };

    /// <param name="what">As the error says it, such as timeout.</param>
    public static T? Either<T>(PSCmdlet cmdlet, string what, (string Name, T? Value) one, (string Name, T? Value) other)
        where T : class
    {
        if (one.Value is not null && other.Value is not null)
        {
            var exception = new ArgumentException($"The {what} was given twice: by -{one.Name} and by -{other.Name}.");
            cmdlet.ThrowTerminatingError(new(exception, Ids[what], ErrorCategory.InvalidArgument, one.Value)
            {
                ErrorDetails = new(exception.Message) { RecommendedAction = "Leave one of the two out." },
            });
        }
        return one.Value ?? other.Value;
    }
}
