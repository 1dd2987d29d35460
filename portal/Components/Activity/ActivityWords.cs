using System.Text.RegularExpressions;
using IoTJobsToolkit.Engine.Activities;

namespace IoTJobsToolkit.Portal.Components.Activity;

/// <summary>What was done, as a sentence around its subject.</summary>
/// <param name="After">Empty, or begins with a blank.</param>
/// <param name="HasSubject">False where the sentence says it all.</param>
public sealed partial record ActivityWords(string Before, string After = "", bool HasSubject = true)
{
    private static readonly Dictionary<string, ActivityWords> Sentences = new(StringComparer.Ordinal)
    {
        ["CreateJob"] = new("Created job"),
        ["UpdateJob"] = new("Changed job"),
        ["CreateControlledJob"] = new("Created job"),
        ["ApproveJob"] = new("Approved job"),
        ["DenyJob"] = new("Denied job"),
        ["AdvanceJob"] = new("Advanced job"),
        ["PauseJob"] = new("Paused job"),
        ["ResumeJob"] = new("Resumed job"),
        ["RestartJob"] = new("Created job"),
        ["RestartJobExecution"] = new("Restarted job"),
        ["CancelJob"] = new("Canceled job"),
        ["DeleteJob"] = new("Deleted job"),
        ["AssociateTargetsWithJob"] = new("Added targets to job"),
        ["CancelJobExecution"] = new("Canceled job"),
        ["DeleteJobExecution"] = new("Deleted the execution of job"),
        ["CreateJobTemplate"] = new("Created template"),
        ["DeleteJobTemplate"] = new("Deleted template"),
        ["CreateThing"] = new("Created thing"),
        ["UpdateThing"] = new("Changed thing"),
        ["DeleteThing"] = new("Deleted thing"),
        ["CreateThingGroup"] = new("Created group"),
        ["UpdateThingGroup"] = new("Changed group"),
        ["DeleteThingGroup"] = new("Deleted group"),
        ["CreateDynamicThingGroup"] = new("Created dynamic group"),
        ["UpdateDynamicThingGroup"] = new("Changed dynamic group"),
        ["DeleteDynamicThingGroup"] = new("Deleted dynamic group"),
        ["AddThingToThingGroup"] = new("Added thing", " to a group"),
        ["RemoveThingFromThingGroup"] = new("Removed thing", " from a group"),
        ["UpdateThingGroupsForThing"] = new("Moved thing", " between groups"),
        ["CreateThingCertificate"] = new("Issued a certificate for thing"),
        ["RevokeThingCertificate"] = new("Revoked a certificate of thing"),
        ["CreateThingToken"] = new("Issued a token for thing"),
        ["RevokeThingToken"] = new("Revoked a token of thing"),
        ["CreateAccessKey"] = new("Created access key"),
        ["DeleteAccessKey"] = new("Deleted access key"),
        ["UpdateEventConfigurations"] = new("Changed which events are published", HasSubject: false),
        ["CreateAccount"] = new("Created account"),
        ["UpdateAccount"] = new("Changed account"),
        ["DeleteAccount"] = new("Deleted account"),
        ["ChangePassword"] = new("Changed the password of account"),
        ["CreateNotificationRule"] = new("Created notification rule"),
        ["UpdateNotificationRule"] = new("Changed notification rule"),
        ["DeleteNotificationRule"] = new("Deleted notification rule"),
        ["TestNotificationRule"] = new("Tested notification rule"),
        ["RetryNotificationDelivery"] = new("Retried a delivery of notification rule"),
        ["DeleteNotificationDelivery"] = new("Removed a delivery of notification rule"),
        ["SignIn"] = new("Signed in", HasSubject: false),
        ["SignInFailed"] = new("Could not sign in as"),
        ["AccountLocked"] = new("Locked account", " after wrong passwords"),
        ["StartFleetSimulation"] = new("Started simulation"),
        ["StopFleetSimulation"] = new("Stopped simulation"),
        ["UpdateClock"] = new("Changed the virtual clock", HasSubject: false),
        ["AdvanceClock"] = new("Set the virtual clock ahead", HasSubject: false),
        ["UpdateRetention"] = new("Changed how long ended jobs are kept", HasSubject: false),
        ["ClearJobHistory"] = new("Cleared the history of old jobs", HasSubject: false),
    };

    public static ActivityWords Of(ActivityRecord activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return activity.OperationName switch
        {
            "TagResource" => new($"Tagged {Kind(activity.SubjectKind)}"),
            "UntagResource" => new($"Removed tags from {Kind(activity.SubjectKind)}"),
            var name when Sentences.TryGetValue(name, out var words) => words,
            // A fact that no operation does: by its name.
            var name => new($"{Spaced(name)}: {Kind(activity.SubjectKind)}"),
        };
    }

    public static string Of(CallOrigin origin) => origin switch
    {
        CallOrigin.CMDLET => "PowerShell",
        CallOrigin.PORTAL => "Portal",
        _ => "API",
    };

    private static string Kind(ActivitySubject kind) => kind switch
    {
        ActivitySubject.JOB_TEMPLATE => "template",
        ActivitySubject.THING_GROUP => "group",
        ActivitySubject.PORTAL_ACCOUNT => "account",
        _ => kind.ToString().Replace('_', ' ').ToLowerInvariant(),
    };

    /// <summary><c>AccountLocked</c> as <c>Account locked</c>.</summary>
    private static string Spaced(string name) => WordStart().Replace(name, match => " " + char.ToLowerInvariant(match.Value[0]));

    [GeneratedRegex("(?<!^)[A-Z](?=[a-z])")]
    private static partial Regex WordStart();
}
