using System.Globalization;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Measures;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Templates;

namespace IoTJobsToolkit.Cmdlets.Views;

/// <summary>What a configuration or another part of an answer says, in a line: what views show instead of a record with all its braces.</summary>
public static class Words
{
    private const int NamedTargets = 10;

    /// <summary>Empty for what says nothing, such as a configuration without a member.</summary>
    public static string Of(object? part) => part switch
    {
        null => "",
        JobDetail job => $"{job.TargetSelection} for {Targets(job.Targets)}: {Of(job.JobProcessDetails)}",
        JobProcessDetails counts => Counts(counts),
        JobExecutionsRolloutConfig rollout => Rollout(rollout),
        ExponentialRolloutRate rate => Rate(rate),
        RateIncreaseCriteria criteria => Increase(criteria),
        AbortConfig abort => Joined(abort.CriteriaList),
        AbortCriteria criteria => Text($"{criteria.FailureType} >= {criteria.ThresholdPercentage}% of {criteria.MinNumberOfExecutedThings}"),
        TimeoutConfig timeout => Times.OfMinutes(timeout.InProgressTimeoutInMinutes),
        JobExecutionsRetryConfig retry => Joined(retry.CriteriaList),
        RetryCriteria criteria => Text($"{criteria.FailureType} {criteria.NumberOfRetries} {(criteria.NumberOfRetries == 1 ? "time" : "times")}"),
        PresignedUrlConfig urls => Joined(urls.RoleArn, Times.OfSeconds(urls.ExpiresInSec) is { Length: > 0 } life ? $"valid {life}" : ""),
        SchedulingConfig schedule => Schedule(schedule),
        MaintenanceWindow window => Text($"{window.StartTime} for {window.DurationInMinutes} min"),
        ScheduledJobRollout opening => opening.StartTime,
        JobExecutionStatusDetails details => Pairs(details.DetailsMap),
        JobExecutionState state => Joined(Text($"{state.Status}, version {state.VersionNumber}"), Pairs(state.StatusDetails)),
        JobExecutionSummary execution => Text($"{execution.Status}, number {execution.ExecutionNumber}"),
        PendingJobExecution execution => execution.JobId,
        ThingGroupProperties group => Joined(group.ThingGroupDescription, Of(group.AttributePayload)),
        ThingGroupMetadata group => Joined(group.ParentGroupName is { } parent ? $"below {parent}" : "", $"created {Times.Second(group.CreationDate)}"),
        AttributePayload attributes => Pairs(attributes.Attributes),
        GroupNameAndArn group => group.GroupName,
        Tag tag => $"{tag.Key}={tag.Value}",
        DocumentParameter parameter => parameter.Optional ? $"{parameter.Key} (optional)" : parameter.Key,
        EventConfiguration switched => switched.Enabled == true ? "on" : "off",
        RolloutMinute minute => Text($"{Times.Minute(minute.At)}  {minute.Executions:N0}"),
        PauseCriteria criteria => Text($"{criteria.FailureType} >= {criteria.ThresholdPercentage}% of {criteria.MinNumberOfExecutedThings}"),
        RolloutStage { SuccessPercentage: { } share } stage => Text($"{stage.Things} >= {share}%"),
        RolloutStage stage => Text($"{stage.Things}"),
        AbortMeasure abort => Abort(abort),
        JobOverlap overlap => Text($"{overlap.JobId}, {overlap.Status}: {(overlap.Things == 1 ? "1 thing" : Text($"{overlap.Things:N0} things"))}"),
        DeliveredDocument document => $"{document.ThingName}: {document.Document}",
        _ => part.ToString() ?? "",
    };

    private static string Abort(AbortMeasure abort)
    {
        var rule = Text($"{abort.FailureType} >= {abort.ThresholdPercentage:0.##}%");
        return abort.FailuresAtMinimum is { } failures
            ? Text($"{rule}: {failures:N0} of {abort.MinNumberOfExecutedThings:N0}, {abort.FailuresOfAll:N0} of all{(abort.EarliestAt is { } at ? $", not before {Times.Minute(at)}" : "")}")
            : Text($"{rule}: never, it waits for {abort.MinNumberOfExecutedThings:N0}");
    }


    /// <summary><c>key=value</c>, in the order of the keys.</summary>
    public static string Pairs(IReadOnlyDictionary<string, string>? values, string separator = ", ") => values is null
        ? ""
        : string.Join(separator, values.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));

    /// <summary>ARNs as <c>group eu</c> and <c>thing lamp-1</c>; of many the first.</summary>
    public static string Targets(IReadOnlyList<string>? arns)
    {
        var names = (arns ?? []).Take(NamedTargets).Select(arn => arn[(arn.LastIndexOf(':') + 1)..] switch
        {
            var resource when resource.StartsWith("thinggroup/", StringComparison.Ordinal) => "group " + resource["thinggroup/".Length..],
            var resource when resource.StartsWith("thing/", StringComparison.Ordinal) => "thing " + resource["thing/".Length..],
            _ => arn,
        });
        var text = string.Join(", ", names);
        return arns?.Count > NamedTargets ? Text($"{text} and {arns.Count - NamedTargets} more") : text;
    }

    /// <summary>The families of events which are published, or those which are not.</summary>
    public static string Events(DescribeEventConfigurationsResponse events, bool on)
    {
        var names = events.EventConfigurations.Where(family => (family.Value.Enabled == true) == on).Select(family => family.Key).Order(StringComparer.Ordinal);
        return string.Join(", ", names) is { Length: > 0 } text ? text : "none";
    }

    /// <summary>The ids of what a device has before it, what runs first.</summary>
    public static string Pending(GetPendingJobExecutionsResponse pending) => string.Join(", ", pending.InProgressJobs.Concat(pending.QueuedJobs).Select(execution => execution.JobId));

    /// <summary>What an operator's change was of, with what else is known of it.</summary>
    public static string Change(ActivityRecord activity) =>
        string.IsNullOrEmpty(activity.Details) ? activity.SubjectName : $"{activity.SubjectName} ({activity.Details})";

    private static string Counts(JobProcessDetails counts)
    {
        (long Count, string Name)[] all =
        [
            (counts.NumberOfSucceededThings, "succeeded"), (counts.NumberOfFailedThings, "failed"), (counts.NumberOfTimedOutThings, "timed out"),
            (counts.NumberOfRejectedThings, "rejected"), (counts.NumberOfInProgressThings, "in progress"), (counts.NumberOfQueuedThings, "queued"),
            (counts.NumberOfCanceledThings, "canceled"), (counts.NumberOfRemovedThings, "removed"),
        ];
        var shown = all.Where(part => part.Count > 0).Select(part => Text($"{part.Count} {part.Name}")).ToList();
        return shown switch
        {
            [] => "none",
            [var one] => one,
            _ => Text($"{all.Sum(part => part.Count)}: {string.Join(", ", shown)}"),
        };
    }

    private static string Rollout(JobExecutionsRolloutConfig rollout)
    {
        var maximum = rollout.MaximumPerMinute ?? rollout.ExponentialRate?.MaximumPerMinute;
        var limit = maximum is null ? "" : Text($"at most {maximum} a minute");
        return Joined(Of(rollout.ExponentialRate), limit);
    }

    private static string Rate(ExponentialRolloutRate rate) =>
        Text($"{rate.BaseRatePerMinute} a minute, then x{rate.IncrementFactor} {Of(rate.RateIncreaseCriteria)}").TrimEnd();

    private static string Increase(RateIncreaseCriteria criteria)
    {
        string?[] parts =
        [
            criteria.NumberOfNotifiedThings is { } notified ? Text($"{notified} notified") : null,
            criteria.NumberOfSucceededThings is { } succeeded ? Text($"{succeeded} succeeded") : null,
        ];
        return string.Join(" or ", parts.Where(part => part is not null)) is { Length: > 0 } text ? "with every " + text : "";
    }

    private static string Schedule(SchedulingConfig schedule)
    {
        var start = schedule.StartTime is { } from ? $"from {ToSecond(from)}" : null;
        var end = schedule.EndTime is { } until ? $"until {ToSecond(until)}, then {schedule.EndBehavior ?? JobEndBehavior.STOP_ROLLOUT}" : null;
        return string.Join("; ", new[] { start, end }.Concat((schedule.MaintenanceWindows ?? []).Select(Of)).Where(part => part is not null));
    }

    /// <summary>The time as it was given, without the fraction that Get-Date has.</summary>
    private static string ToSecond(string time) => time.LastIndexOf('.') is var dot and >= 0 && time.EndsWith('Z') ? time[..dot] + "Z" : time;

    private static string Joined<T>(IReadOnlyList<T>? parts) => string.Join(", ", (parts ?? []).Select(part => Of(part)));

    private static string Joined(params string?[] parts) => string.Join(", ", parts.Where(part => !string.IsNullOrEmpty(part)));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
