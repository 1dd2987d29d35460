using System.Globalization;

namespace IoTJobsToolkit.Portal.Components.Layout;

/// <summary>Addresses of the pages, relative to the base.</summary>
public static class PortalLinks
{
    public const string Now = "";
    public const string Wall = "portal/wall";
    public const string Jobs = "portal/jobs";
    public const string CreateJob = "portal/create-job";
    public const string ImportJobs = "portal/import-jobs";
    public const string Things = "portal/things";
    public const string Groups = "portal/groups";
    public const string Templates = "portal/templates";
    public const string CreateTemplate = "portal/create-template";
    public const string Activity = "portal/activity";
    public const string Settings = "portal/settings";
    public const string Notifications = "portal/settings/notifications";

    public static string Job(string jobId) => $"{Jobs}/{Uri.EscapeDataString(jobId)}";

    /// <summary>A job with those of its executions on show which failed, were rejected or timed out.</summary>
    public static string FailuresOf(string jobId) => $"{Job(jobId)}?status=FAILED,TIMED_OUT,REJECTED";

    public static string InProgressOf(string jobId) => $"{Job(jobId)}?status=IN_PROGRESS";

    /// <param name="number">The execution's number on its thing.</param>
    public static string Execution(string jobId, string thingName, long number) =>
        $"{Job(jobId)}/executions/{Uri.EscapeDataString(thingName)}/{number.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The form, filled in with what a job has.</summary>
    public static string CloneJob(string jobId) => $"{CreateJob}?clone={Uri.EscapeDataString(jobId)}";

    /// <summary>The form, for a thing or group.</summary>
    public static string CreateJobFor(string targetArn) => $"{CreateJob}?target={Uri.EscapeDataString(targetArn)}";

    /// <summary>The form, filled in with what a template has, custom or managed.</summary>
    public static string CreateJobFrom(string templateId) => $"{CreateJob}?template={Uri.EscapeDataString(templateId)}";

    public static string Thing(string thingName) => $"{Things}/{Uri.EscapeDataString(thingName)}";

    public static string Group(string groupName) => $"{Groups}/{Uri.EscapeDataString(groupName)}";

    public static string Template(string templateId) => $"{Templates}/{Uri.EscapeDataString(templateId)}";

    /// <summary>The page that saves a job's document and configurations as a template.</summary>
    public static string CreateTemplateOf(string jobId) => $"{CreateTemplate}?job={Uri.EscapeDataString(jobId)}";

    /// <summary>What was done to one thing, job, group or account.</summary>
    public static string ActivityOf(string subject) => $"{Activity}?text={Uri.EscapeDataString(subject)}";
}
