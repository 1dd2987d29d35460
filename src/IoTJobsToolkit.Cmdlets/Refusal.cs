using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.CodeSigning;
using IoTJobsToolkit.Cmdlets.Connection;
using IoTJobsToolkit.Cmdlets.Connection.Remote;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>The one place where a refusal becomes an error record: AWS's name as its id, a category, and what to do next.</summary>
internal static class Refusal
{
    public static ErrorRecord ToErrorRecord(JobsException refusal, Operation? operation, object target) =>
        new(refusal, refusal.Name, RequestRefusal.Category(refusal.Name) ?? Category(refusal.Error), target)
        {
            ErrorDetails = new(RequestRefusal.Summary(refusal)) { RecommendedAction = RequestRefusal.NextStep(refusal.Name) ?? NextStep(refusal, operation) },
        };

    /// <summary>There is no way to the jobs.</summary>
    public static ErrorRecord ToErrorRecord(ConnectionException exception) => new(exception, exception.Id, exception.Category, exception.Target)
    {
        ErrorDetails = new(exception.Message) { RecommendedAction = exception.NextStep },
    };

    /// <summary>The type is the store's, which the shell does not know.</summary>
    public static bool IsInUse(Exception exception) => exception.GetType().Name == "DatabaseInUseException";

    /// <summary>The database itself cannot be used: in use elsewhere, damaged, out of reach.</summary>
    public static ErrorRecord ToErrorRecord(Exception exception, string databasePath)
    {
        var inUse = IsInUse(exception);
        return new(exception, OpenFailure.Id(exception), inUse ? ErrorCategory.ResourceUnavailable : ErrorCategory.OpenError, databasePath)
        {
            ErrorDetails = new(exception.Message)
            {
                RecommendedAction = inUse
                    ? "Try again when the other process has ended or has let the file go, or connect to another file with Connect-IoTJobs."
                    : "Check the path and who may write there, or connect to another file with Connect-IoTJobs.",
            },
        };
    }

    public static ErrorRecord ToErrorRecord(CloseFailure failure) =>
        new(failure.Exception, "DatabaseNotClosed", ErrorCategory.CloseError, failure.DatabasePath)
        {
            ErrorDetails = new($"The database {failure.DatabasePath} could not be closed as it should: {failure.Exception.Message}")
            {
                RecommendedAction = "What was answered is stored. See that there is room on the disk, then open the database again.",
            },
        };

    public static ErrorRecord ToErrorRecord(SigningException refusal) => new(refusal, refusal.Id, refusal.Category, refusal.Target)
    {
        ErrorDetails = new(refusal.Message) { RecommendedAction = refusal.NextStep },
    };

    private static ErrorCategory Category(JobsError error) => error switch
    {
        JobsError.InvalidRequest or JobsError.InvalidQuery => ErrorCategory.InvalidArgument,
        JobsError.ResourceNotFound => ErrorCategory.ObjectNotFound,
        JobsError.ResourceAlreadyExists or JobsError.Conflict => ErrorCategory.ResourceExists,
        JobsError.LimitExceeded or JobsError.Throttling => ErrorCategory.LimitsExceeded,
        JobsError.AccessDenied => ErrorCategory.PermissionDenied,
        JobsError.ServiceUnavailable => ErrorCategory.ResourceUnavailable,
        JobsError.InternalFailure => ErrorCategory.NotSpecified,
        _ => ErrorCategory.InvalidOperation,
    };

    private static string NextStep(JobsException refusal, Operation? operation) => (refusal.Error, operation) switch
    {
        (JobsError.LimitExceeded, CreateJob { Targets.Count: > 100 }) =>
            "Put the things into a group (New-IoTThingGroup, Add-IoTThingToThingGroup) and create the job with -Group.",
        (JobsError.LimitExceeded, AssociateTargetsWithJob) =>
            "Put the things into a group (New-IoTThingGroup, Add-IoTThingToThingGroup) and add that with -Group.",
        (JobsError.LimitExceeded, DeleteJob) => "Wait until one of the jobs that are being deleted is gone, then try again.",
        (JobsError.LimitExceeded, TagResource) => "Remove tags that are no longer needed with Remove-IoTResourceTag.",
        (JobsError.LimitExceeded, CreateNotificationRule) => "Delete a rule that nobody needs with Remove-IoTNotificationRule; this limit always holds.",
        (JobsError.LimitExceeded, CreateAccessKey or CreateAccount or CreateThingCertificate or CreateThingToken) =>
            "Remove or revoke what is no longer used; this limit always holds.",
        (JobsError.LimitExceeded, _) => "Cancel or remove what is no longer needed, or connect with -Limits None.",
        (JobsError.ResourceAlreadyExists, RestartJob) => "Choose another -NewJobId, or leave it out.",
        (JobsError.ResourceAlreadyExists, CreateJob) => "Choose another -JobId, or remove that job with Remove-IoTJob first.",
        (JobsError.ResourceAlreadyExists, StartFleetSimulation) => "See those that go on with Get-IoTFleetSimulation; Stop-IoTFleetSimulation ends one.",
        (JobsError.ResourceAlreadyExists, CreateAccount) => "Choose another name, or change the existing account with Set-IoTAccount.",
        (JobsError.ResourceAlreadyExists, CreateThing) => "Choose another name, or change the existing thing with Update-IoTThing.",
        (JobsError.ResourceAlreadyExists, _) => "Choose another name, or change the existing one with its Update- cmdlet.",
        (JobsError.Conflict, UpdateAccount or DeleteAccount) =>
            "Give another account the role ADMINISTRATOR with Set-IoTAccount, or unlock one that has it.",
        (JobsError.Conflict, CreateNotificationRule) => "Choose another -RuleName, or change that rule with Set-IoTNotificationRule.",
        (JobsError.Conflict, _) => "Choose another -JobTemplateId, or remove that template with Remove-IoTJobTemplate first.",
        (JobsError.InvalidStateTransition, CancelJobExecution { Force: not true } or DeleteJobExecution or DeleteJob { Force: not true }) =>
            "See its status with the Get- cmdlet; add -Force where running executions are to be ended too.",
        (JobsError.InvalidStateTransition, Engine.Operations.Device.UpdateJobExecution) when refusal.IsVersionMismatch =>
            "Read the execution again with Get-IoTJJobExecution and repeat with its present version.",
        (JobsError.InvalidStateTransition, RestartJobExecution) => "See what failed last with Get-IoTJobFailure -Latest.",
        (JobsError.InvalidStateTransition or JobsError.TerminalState, _) =>
            "It has ended or is going away; see its status with Get-IoTJobExecution or Get-IoTJob.",
        (JobsError.InvalidRequest, CancelJob { Force: not true }) =>
            "See its status with Get-IoTJob; with -Force the running executions of a canceled job can be canceled too.",
        (JobsError.InvalidRequest, CancelJob) => "Nothing is left to cancel: see its status with Get-IoTJob.",
        (JobsError.InvalidRequest, PauseJob) => "See its status with Get-IoTJob, and who paused it with Get-IoTPausedJob; Resume-IoTJob lets it go on.",
        (JobsError.InvalidRequest, ResumeJob) => "See what is paused with Get-IoTPausedJob.",
        (JobsError.ResourceNotFound, DescribeFleetSimulation or StopFleetSimulation) => "See those that go on with Get-IoTFleetSimulation.",
        (JobsError.InvalidRequest, AdvanceClock or UpdateClock) => "See the clock with Get-IoTClock.",
        (JobsError.InvalidRequest, AdvanceJob) => "See what holds it with Get-IoTJobControl, and what each execution waits for with Get-IoTJobBlockage.",
        (JobsError.InvalidRequest, ApproveJob or DenyJob) => "See what waits with Get-IoTJobApproval.",
        (JobsError.InvalidRequest, RestartJobExecution) =>
            "See the job with Get-IoTJob; of one that has ended, Restart-IoTJobExecution makes a new one for whatever is named of it.",
        (JobsError.InvalidRequest, CreateJob { Document: null, DocumentSource: null, JobTemplateArn: null }) =>
            "Give -Document or -DocumentPath; or -DocumentSource, -JobTemplateArn or -JobTemplate.",
        (JobsError.InvalidRequest, CreateJob or CreateJobTemplate) when refusal.Message.StartsWith("document is not valid JSON", StringComparison.Ordinal) =>
            "Give JSON text, a hashtable or an object as -Document, the name of a file as -DocumentPath.",
        (JobsError.InvalidRequest, AssociateTargetsWithJob) =>
            "See its Status and TargetSelection with Get-IoTJob; only a CONTINUOUS job that is IN_PROGRESS takes more targets.",
        (JobsError.InvalidRequest, DeleteThingGroup) =>
            "Delete the groups below it first (Get-IoTThingGroupList -ParentGroup); a dynamic group goes with Remove-IoTDynamicThingGroup.",
        (JobsError.InvalidRequest, UpdateThingGroup or UpdateDynamicThingGroup or DeleteDynamicThingGroup) =>
            "Correct what the message names. A dynamic group has cmdlets of its own (noun IoTDynamicThingGroup); Get-IoTThingGroup shows its query.",
        (JobsError.InvalidQuery, _) => "Correct -QueryString: terms are name:value, as in attributes.site:eu* AND NOT thingTypeName:lamp.",
        (JobsError.VersionConflict, _) => "Read it again and repeat with its present version, or leave -ExpectedVersion out.",
        (JobsError.ResourceNotFound, CreateThing) => "Check -ThingTypeName, and leave -BillingGroupName out where no billing groups are kept.",
        (JobsError.ResourceNotFound, DescribeThing or UpdateThing or GetPendingJobExecutions or StartNextPendingJobExecution) =>
            "Check the name: Get-IoTThing lists the things there are.",
        (JobsError.ResourceNotFound, DescribeThingGroup or ListThingsInThingGroup or ListThingGroups) =>
            "Check the name: Get-IoTThingGroup lists the groups there are.",
        (JobsError.ResourceNotFound, DescribeJobTemplate or DeleteJobTemplate) =>
            "Check the id: Get-IoTJobTemplateList lists the templates there are.",
        (JobsError.ResourceNotFound, DescribeManagedJobTemplate or ListManagedJobTemplates) =>
            "Check name and version: Get-IoTManagedJobTemplateList lists the managed templates there are.",
        (JobsError.ResourceNotFound, CreateJob { JobTemplateArn: not null }) =>
            "Check the names: Get-IoTJobTemplateList and Get-IoTManagedJobTemplateList list the templates, Get-IoTThing and Get-IoTThingGroup the targets.",
        (JobsError.ResourceNotFound, TagResource or UntagResource or ListTagsForResource) =>
            "Check the ARN: Get-IoTJob, Get-IoTJobTemplate and Get-IoTThingGroup list what can have tags.",
        (JobsError.ResourceNotFound, UpdateNotificationRule or DeleteNotificationRule or TestNotificationRule or ListNotificationRules or ListNotificationDeliveries) =>
            "Check the name: Get-IoTNotificationRule lists the rules there are.",
        (JobsError.ResourceNotFound, RetryNotificationDelivery or DeleteNotificationDelivery) =>
            "Check the id: Get-IoTNotificationDelivery lists what has not been delivered.",
        (JobsError.ResourceNotFound, DeleteAccessKey) => "Check the id: Get-IoTAccessKey lists the keys there are.",
        (JobsError.ResourceNotFound, UpdateAccount or DeleteAccount) => "Check the name: Get-IoTAccount lists the accounts there are.",
        (JobsError.ResourceNotFound, RevokeThingCertificate or RevokeThingToken) =>
            "Check thing and id: Get-IoTThingCredential lists the certificates and tokens of a thing.",
        (JobsError.ResourceNotFound, _) => "Check the names: Get-IoTJob, Get-IoTThing and Get-IoTThingGroup list what there is.",
        (JobsError.AccessDenied, ChangePassword) => "Give the right old password; or have an administrator unlock the account, or set another with Set-IoTAccount.",
        (JobsError.AccessDenied, ApproveJob) when refusal.Message.Contains("somebody else", StringComparison.Ordinal) =>
            "Have another person approve it, as another caller; Deny-IoTJob takes it back.",
        (JobsError.AccessDenied, _) => "Ask for the permission, or act as another caller.",
        (JobsError.Throttling, _) => "Wait a moment, then try again.",
        (JobsError.ServiceUnavailable, _) => "Look with a Get- cmdlet what there is now before you try again. If it stays, see the server's log, and that there is room on the database's disk.",
        (JobsError.InternalFailure, _) => "See whether it was done, then try again; if it stays like this, look at the log of what owns the database and restart that.",
        _ => "Correct the parameter that the message names.",
    };
}
