using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Cmdlets.Arguments;

/// <summary>
/// Takes criteria of results as short texts, <c>FAILED >= 20% of 100</c>, beside records, hashtables and objects. The service compares by "at least"
/// (jobs-reference 6.2); <c>></c> is what people write for it, and read as the same.
/// </summary>
/// <param name="name">What such a criterion is called.</param>
/// <param name="effect">What the job is when it is met.</param>
public abstract partial class CriteriaArgumentAttribute(string name, string effect) : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => ShellValue.Unwrap(inputData) switch
    {
        null => inputData,
        IList criteria => criteria.Cast<object?>().Select(One).ToArray(),
        var criterion => One(criterion),
    };

    private protected abstract object Make(JobExecutionFailureType type, decimal percent, int count);

    /// <summary>What is no criterion stays as it is: the shell's own conversion says why.</summary>
    private protected abstract object? Complete(object? members);

    private object? One(object? criterion) => ShellValue.Unwrap(criterion) is string text ? Read(text) : Complete(ShellValue.Unwrap(criterion));

    private object Read(string text)
    {
        var culture = CultureInfo.InvariantCulture;
        return Short().Match(text) is { Success: true } match &&
            Enum.TryParse<JobExecutionFailureType>(match.Groups["type"].ValueSpan, ignoreCase: true, out var type) &&
            decimal.TryParse(match.Groups["percent"].ValueSpan, NumberStyles.AllowDecimalPoint, culture, out var percent) && percent is > 0 and <= 100 &&
            int.TryParse(match.Groups["count"].ValueSpan, NumberStyles.None, culture, out var count) && count > 0
                ? Make(type, percent, count)
                : throw new ArgumentTransformationMetadataException(
                    $"'{text}' is no {name} criterion. Write TYPE >= PERCENT% of COUNT, as in 'FAILED >= 20% of 100': the job is {effect} when, of at least 100 " +
                    "executions with a result, 20% or more have failed. TYPE is FAILED, REJECTED, TIMED_OUT or ALL; PERCENT is above 0 and at most 100, with " +
                    "two decimals at most; COUNT is 1 or more. '>' is read as '>='.");
    }

    [GeneratedRegex(
        @"^\s*(?<type>FAILED|REJECTED|TIMED_OUT|ALL)\s*(>=|>)\s*(?<percent>[0-9]{1,3}(\.[0-9]{1,2})?)\s*%\s*of\s+(?<count>[0-9]{1,10})\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Short();
}

/// <summary>When a job cancels itself; the action may be left out.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AbortCriteriaArgumentAttribute() : CriteriaArgumentAttribute("abort", "canceled")
{
    private protected override object Make(JobExecutionFailureType type, decimal percent, int count) => new AbortCriteria
    {
        FailureType = type, Action = AbortAction.CANCEL, ThresholdPercentage = percent, MinNumberOfExecutedThings = count,
    };

    private protected override object? Complete(object? members) =>
        members is not null && LanguagePrimitives.TryConvertTo<AbortCriteria>(members, out var read) ? read with { Action = read.Action ?? AbortAction.CANCEL } : members;
}

/// <summary>When a job pauses itself.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PauseCriteriaArgumentAttribute() : CriteriaArgumentAttribute("pause", "paused")
{
    private protected override object Make(JobExecutionFailureType type, decimal percent, int count) => new PauseCriteria
    {
        FailureType = type, ThresholdPercentage = percent, MinNumberOfExecutedThings = count,
    };

    private protected override object? Complete(object? members) => members;
}
