using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Cmdlets.Arguments;

/// <summary>
/// Takes abort criteria as short texts, <c>FAILED >= 20% of 100</c>, beside records, hashtables and objects, whose action may be left out. The
/// service compares by "at least" (jobs-reference 6.2); <c>></c> is what people write for it, and read as the same.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed partial class AbortCriteriaArgumentAttribute : ArgumentTransformationAttribute
{
    private const string Form =
        "Write TYPE >= PERCENT% of COUNT, as in 'FAILED >= 20% of 100': the job is canceled when, of at least 100 executions with a result, 20% or more " +
        "have failed. TYPE is FAILED, REJECTED, TIMED_OUT or ALL; PERCENT is above 0 and at most 100, with two decimals at most; COUNT is 1 or more. " +
        "'>' is read as '>='.";

    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => ShellValue.Unwrap(inputData) switch
    {
        null => inputData,
        IList criteria => criteria.Cast<object?>().Select(One).ToArray(),
        var criterion => One(criterion),
    };

    /// <summary>What is no criterion stays as it is: the shell's own conversion says why.</summary>
    private static object? One(object? criterion) => ShellValue.Unwrap(criterion) switch
    {
        string text => Read(text),
        { } members when LanguagePrimitives.TryConvertTo<AbortCriteria>(members, out var read) => read with { Action = read.Action ?? AbortAction.CANCEL },
        _ => criterion,
    };

    private static AbortCriteria Read(string text)
    {
        var culture = CultureInfo.InvariantCulture;
        return Short().Match(text) is { Success: true } match &&
            Enum.TryParse<JobExecutionFailureType>(match.Groups["type"].ValueSpan, ignoreCase: true, out var type) &&
            decimal.TryParse(match.Groups["percent"].ValueSpan, NumberStyles.AllowDecimalPoint, culture, out var percent) && percent is > 0 and <= 100 &&
            int.TryParse(match.Groups["count"].ValueSpan, NumberStyles.None, culture, out var count) && count > 0
                ? new() { FailureType = type, Action = AbortAction.CANCEL, ThresholdPercentage = percent, MinNumberOfExecutedThings = count }
                : throw new ArgumentTransformationMetadataException($"'{text}' is no abort criterion. {Form}");
    }

    [GeneratedRegex(
        @"^\s*(?<type>FAILED|REJECTED|TIMED_OUT|ALL)\s*(>=|>)\s*(?<percent>[0-9]{1,3}(\.[0-9]{1,2})?)\s*%\s*of\s+(?<count>[0-9]{1,10})\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Short();
}
