using System.Globalization;
using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Arguments;

/// <summary>Start and end of a job are given in one of two ways: as an instant, or as the text which AWS takes.</summary>
internal static class ScheduleArguments
{
    /// <param name="at">Name and value of the parameter for an instant.</param>
    /// <param name="text">The same of AWS's parameter.</param>
    /// <returns>The text in UTC, to the last digit: a bound such as half an hour from now is kept exactly.</returns>
    public static string? Time(PSCmdlet cmdlet, (string Name, DateTimeOffset? Value) at, (string Name, string? Value) text)
    {
        var utc = at.Value?.UtcDateTime.ToString("yyyy-MM-dd'T'HH':'mm':'ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
        var time = TwoWays.Either(cmdlet, "time", (at.Name, utc), text);
        if (utc is not null)
        {
            cmdlet.WriteVerbose($"-{at.Name} {at.Value:yyyy-MM-dd HH:mm:ss zzz} is {utc}.");
        }
        return time;
    }
}
